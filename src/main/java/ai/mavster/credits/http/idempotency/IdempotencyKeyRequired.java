package ai.mavster.credits.http.idempotency;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An endpoint whose requests need an {@link IdempotencyKey}: it is checked before the body is read, so that the
 * endpoint can take it as its parameter {@code @HeaderParam(IdempotencyKey.HEADER)}. The contract declares the header,
 * that an answer may be the first one again, and the refusals that come with a key.
 */
@NameBinding
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface IdempotencyKeyRequired {}
