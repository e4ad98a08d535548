package ai.mavster.credits.alert.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Which server takes the mail. */
@ConfigMapping(prefix = "credits.smtp")
interface SmtpSettings {

    Optional<String> host();

    @WithDefault("587")
    int port();

    /** Absent: no authentication. */
    Optional<String> user();

    Optional<String> password();

    /** How the connection is encrypted. */
    @WithDefault("starttls")
    Tls tls();

    /** How long the server may be silent, or take to be connected to; one mail may take twice that. */
    @WithDefault("PT20S")
    Duration silentFor();

    /** How a connection is encrypted. */
    enum Tls {
        /** By STARTTLS, or not at all sent. */
        STARTTLS,
        /** From the first byte on. */
        IMPLICIT,
        /** Not at all: for a server on the same machine. */
        NONE
    }
}
