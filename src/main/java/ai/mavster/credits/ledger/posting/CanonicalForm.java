package ai.mavster.credits.ledger.posting;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Feeds values to SHA-256 so that different values never look alike: each text is preceded by its length in bytes, an
 * absent one is the length -1, numbers have eight bytes, instants are microseconds since 1970.
 */
public final class CanonicalForm {

    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    public CanonicalForm() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    public CanonicalForm add(long value) {
        number.putLong(0, value);
        digest.update(number.array());
        return this;
    }

    public CanonicalForm add(byte[] bytes) {
        add(bytes.length);
        digest.update(bytes);
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

    public CanonicalForm add(Purpose purpose) {
        return add(purpose.action())
                .add(purpose.quantity())
                .add(purpose.workspaceId())
                .add(purpose.projectId())
                .add(purpose.testId())
                .add(purpose.runId());
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
        add(posting.balance().millionths()).add(posting.held().millionths());
        add(posting.purpose()).add(posting.reverses()).add(posting.note()).add(posting.occurredAt());
        add(posting.firstSeq()).add((long) covered.entries());
        if (covered.fingerprint() == null) {
            add(-1);
        } else {
            add(covered.fingerprint());
        }
        return add(covered.expiresAt()).add(covered.reference());
    }

    public byte[] sha256() {
        return digest.digest();
    }
}
