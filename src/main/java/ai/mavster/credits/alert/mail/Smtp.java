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

/**
 * Hands mails to the SMTP server. By the client of Quarkus Mailer, but a new one for each mail and with bounds: the
 * mailer's own waits for ever for a server that falls silent, and keeps that connection's place in its pool, so that ten
 * of them would end all mail; and a pool that keeps no connections alive hands out some that are being closed.
 */
@Singleton
class Smtp {

    private final MailSettings mail;
    private final SmtpSettings settings;
    private final Vertx vertx;

    Smtp(MailSettings mail, SmtpSettings settings, Vertx vertx) {
        this.mail = mail;
        this.settings = settings;
        this.vertx = vertx;
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
                .setMaxPoolSize(1);
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
        MailMessage message = new MailMessage()
                .setFrom(mail.from().orElseThrow())
                .setTo(address)
                .setSubject(letter.subject())
                .setText(letter.text())
                .setHtml(letter.html())
                .addHeader("Auto-Submitted", "auto-generated");
        MailClient client = MailClient.create(vertx, config(settings));
        return client.sendMail(message)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(within().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((result, failure) -> client.close())
                .thenAccept(result -> {});
    }
}
