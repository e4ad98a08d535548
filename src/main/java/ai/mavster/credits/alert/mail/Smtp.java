package ai.mavster.credits.alert.mail;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands mails to the SMTP server. By the client of Quarkus Mailer, but with bounds of its own: that one waits for ever
 * for a server that falls silent, and keeps its place in the pool, so that ten of them would end all mail.
 */
@Singleton
class Smtp {

    private static final int CONNECTIONS = 20;

    private final MailSettings mail;
    private final SmtpSettings settings;
    private final @Nullable MailClient client;

    Smtp(MailSettings mail, SmtpSettings settings, Vertx vertx) {
        this.mail = mail;
        this.settings = settings;
        this.client = mail.isOn() ? MailClient.create(vertx, config(settings)) : null;
    }

    /** Half of it set would be mail that somebody relies on and that nobody gets. */
    void check(@Observes StartupEvent starting) {
        if (mail.isOn() != settings.host().isPresent()) {
            throw new IllegalStateException("CREDITS_MAIL_FROM and CREDITS_SMTP_HOST are set together, or neither");
        }
    }

    private static MailConfig config(SmtpSettings settings) {
        Duration silentFor = settings.silentFor();
        MailConfig config = new MailConfig()
                .setHostname(settings.host().orElse("localhost"))
                .setPort(settings.port())
                .setSsl(settings.tls() == SmtpSettings.Tls.IMPLICIT)
                .setStarttls(
                        settings.tls() == SmtpSettings.Tls.STARTTLS
                                ? StartTLSOptions.REQUIRED
                                : StartTLSOptions.DISABLED)
                .setLogin(settings.user().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
                .setUsername(settings.user().orElse(null))
                .setPassword(settings.password().orElse(null))
                .setKeepAlive(false)
                .setMaxPoolSize(CONNECTIONS);
        config.setHostnameVerificationAlgorithm("HTTPS");
        config.setConnectTimeout((int) silentFor.toMillis());
        config.setIdleTimeout((int) silentFor.toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return config;
    }

    /** Longer than this no mail takes. */
    Duration within() {
        return settings.silentFor().multipliedBy(2);
    }

    /** Completes once the server has taken it, exceptionally where it has not. Never blocks. */
    CompletableFuture<Void> send(String address, Letter letter) {
        if (client == null) {
            throw new IllegalStateException("Mail is off");
        }
        MailMessage message = new MailMessage()
                .setFrom(mail.from().orElseThrow())
                .setTo(address)
                .setSubject(letter.subject())
                .setText(letter.text())
                .setHtml(letter.html())
                .addHeader("Auto-Submitted", "auto-generated");
        return client.sendMail(message)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(within().toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(result -> {});
    }
}
