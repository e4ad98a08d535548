package ai.mavster.credits.alert.mail;

import ai.mavster.credits.http.PublicUrl;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes mails, as text and as HTML, which the template escapes. */
@Singleton
class Letters {

    private final Template text;
    private final Template html;
    private final PublicUrl publicUrl;

    Letters(
            @Location("mail/notices.txt") Template text,
            @Location("mail/notices.html") Template html,
            PublicUrl publicUrl) {
        this.text = text;
        this.html = html;
        this.publicUrl = publicUrl;
    }

    /**
     * @param name the account's; null: it has none
     * @param mails at least one, the newest first
     * @param waiting how many there are in all
     */
    Letter write(String accountId, @Nullable String name, List<Waiting> mails, long waiting) {
        Digest digest = Digest.of(accountId, name, mails, waiting);
        return new Letter(
                digest.subject(),
                filled(text, accountId, digest).render(),
                filled(html, accountId, digest).render());
    }

    private TemplateInstance filled(Template template, String accountId, Digest digest) {
        return template.data("account", digest.account())
                .data("lines", digest.lines())
                .data("more", digest.more())
                .data("zone", digest.zone().getId())
                .data(
                        "link",
                        publicUrl + "/billing/alerts?account=" + URLEncoder.encode(accountId, StandardCharsets.UTF_8));
    }
}
