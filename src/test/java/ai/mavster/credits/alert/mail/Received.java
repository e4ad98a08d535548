package ai.mavster.credits.alert.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;

/** A mail as its reader's program sees it. */
record Received(String from, String to, String subject, String text, String html, List<String> headers) {

    static Received of(MimeMessage message) {
        try {
            MimeMultipart parts = (MimeMultipart) message.getContent();
            BodyPart text = parts.getBodyPart(0);
            BodyPart html = parts.getBodyPart(1);
            if (parts.getCount() != 2 || !text.isMimeType("text/plain") || !html.isMimeType("text/html")) {
                throw new AssertionError("One text and the same as HTML");
            }
            return new Received(
                    message.getFrom()[0].toString(),
                    message.getAllRecipients()[0].toString(),
                    message.getSubject(),
                    text.getContent().toString().replace("\r\n", "\n"),
                    html.getContent().toString().replace("\r\n", "\n"),
                    Collections.list(message.getAllHeaders()).stream()
                            .map(Header::getName)
                            .toList());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
