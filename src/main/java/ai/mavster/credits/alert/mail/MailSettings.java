package ai.mavster.credits.alert.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whether mail is sent, from whom, and how often. */
@ConfigMapping(prefix = "credits.mail")
public interface MailSettings {

    /** Whom it is from; absent: none is sent. */
    Optional<String> from();

    /** How long an address gets no second mail. */
    @WithDefault("PT15M")
    Duration every();

    /** How long the same is tried. */
    @WithDefault("PT24H")
    Duration retryFor();

    /** How often mail is looked for that another process has left; {@code off}: never. */
    String pollEvery();

    default boolean isOn() {
        return from().isPresent();
    }
}
