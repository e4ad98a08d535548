package ai.mavster.credits.http.page;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The token of a session's forms. It is made of the session's secret, which another site's form does not know and which
 * it does not give away, so that none is kept.
 */
public final class FormToken {

    /** The field's name. */
    public static final String FIELD = "form_token";

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "form".getBytes(StandardCharsets.UTF_8);

    private FormToken() {}

    public static String of(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Whether a form has sent the one that it was given. Takes as long whichever it is. */
    public static boolean same(String given, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
