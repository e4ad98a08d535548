package ai.mavster.credits.portal.limit;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Text;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mail addresses of forms, by the rule that those of the API go by. */
@Singleton
class MailAddresses {

    private final Validator validator;

    MailAddresses(Validator validator) {
        this.validator = validator;
    }

    private record Address(
            @Email @Size(min = 3, max = 254) @Text(max = 254)
            String text) {}

    /**
     * @param text null: none
     * @throws InvalidInput if it is none that can be written to
     */
    Optional<String> of(String field, @Nullable String text) {
        if (text != null && !validator.validate(new Address(text)).isEmpty()) {
            throw new InvalidInput(field, "must be a mail address");
        }
        return Optional.ofNullable(text);
    }
}
