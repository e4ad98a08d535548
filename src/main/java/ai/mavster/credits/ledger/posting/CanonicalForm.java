package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Author;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Feeds values to SHA-256, or to the HMAC of it, so that different values never look alike: each text is preceded by
 * its length in bytes, an absent one is the length -1, numbers have eight bytes, instants are microseconds since 1970.
 * {@code src/docs/hash.md} has it byte by byte.
 */
public final class CanonicalForm {

    private static final String HMAC = "HmacSHA256";

    private final Consumer<byte[]> sink;
    private final Supplier<byte[]> end;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    private CanonicalForm(Consumer<byte[]> sink, Supplier<byte[]> end) {
        this.sink = sink;
        this.end = end;
    }

    /** For a SHA-256. */
    public CanonicalForm() {
        this(newDigest());
    }

    private CanonicalForm(MessageDigest digest) {
        this(digest::update, digest::digest);
    }

    /** For an HMAC-SHA-256. */
    static CanonicalForm keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return new CanonicalForm(mac::update, mac::doFinal);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    public CanonicalForm add(long value) {
        number.putLong(0, value);
        sink.accept(number.array());
        return this;
    }

    public CanonicalForm add(byte @Nullable [] bytes) {
        if (bytes == null) {
            return add(-1);
        }
        add(bytes.length);
        sink.accept(bytes);
        return this;
    }

    public CanonicalForm add(@Nullable String text) {
        return text == null ? add(-1) : add(text.getBytes(StandardCharsets.UTF_8));
    }

    public CanonicalForm add(@Nullable UUID id) {
        return id == null ? add(-1) : add(16).add(id.getMostSignificantBits()).add(id.getLeastSignificantBits());
    }

    public CanonicalForm add(@Nullable Instant instant) {
        return instant == null
                ? add(-1)
                : add(8).add(Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000L));
    }

    public CanonicalForm add(@Nullable BigDecimal value) {
        return add(value == null ? null : value.stripTrailingZeros().toPlainString());
    }

    /** Its value, then its currency. */
    public CanonicalForm add(@Nullable Money money) {
        return money == null ? add(-1).add(-1) : add(money.value()).add(money.currency());
    }

    public CanonicalForm add(Purpose purpose) {
        return add(purpose.action())
                .add(purpose.quantity())
                .add(purpose.workspaceId())
                .add(purpose.projectId())
                .add(purpose.testId())
                .add(purpose.runId());
    }

    /** Reference and note, then how many pairs of metadata there are, then each in the order of the keys. */
    CanonicalForm add(Texts texts) {
        add(texts.reference()).add(texts.note());
        Metadata metadata = texts.metadata();
        if (metadata == null) {
            return add(0);
        }
        add(metadata.pairs().size());
        metadata.pairs().forEach((key, value) -> add(key).add(value));
        return this;
    }

    private CanonicalForm add(Author author) {
        return add(author.type().id()).add(author.id()).add(author.name());
    }

    CanonicalForm add(HashChain.Covered covered) {
        Posting posting = covered.posting();
        add(posting.accountId())
                .add(posting.postingId())
                .add(posting.kind().id())
                .add(posting.idempotencyKey());
        add(posting.requested().millionths())
                .add(posting.credits().millionths())
                .add(posting.captured().millionths());
        add(posting.balance().millionths())
                .add(posting.held().millionths())
                .add(posting.owed().millionths());
        add(posting.purpose()).add(posting.reverses()).add(posting.author()).add(posting.textDigest());
        add(posting.occurredAt()).add(posting.firstSeq()).add((long) covered.entries());
        return add(covered.fingerprint()).add(covered.expiresAt()).add(posting.amount());
    }

    /** The SHA-256 of all that was added, or the HMAC of it. */
    public byte[] sha256() {
        return end.get();
    }
}
