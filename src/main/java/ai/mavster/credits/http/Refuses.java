package ai.mavster.credits.http;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an endpoint may refuse, for the contract: all codes beyond those that come with an account in the path (none there is, and closed for what changes it), with an
 * {@link IdempotencyKeyRequired} key, and the {@link ProblemCode}s that every endpoint may answer with.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {

    Refusal.Code[] value();
}
