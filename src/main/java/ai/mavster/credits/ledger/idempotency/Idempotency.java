package ai.mavster.credits.ledger.idempotency;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.erasure.Eraser;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingTable;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.Redaction;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys of one batch, in the table {@code idempotency_key}. One rule for every command, whatever feature
 * it is of: a key that was used gets the first answer again, or a refusal where it was used for something else; a new
 * one is kept with its answer once its command is accepted. A refusal is not kept.
 */
public final class Idempotency {

    /** A key in its scope. */
    private record Key(String accountId, String idempotencyKey) {}

    /**
     * A key that was used.
     *
     * @param answerId the posting that it made; or an id of its own
     * @param answer as JSON; null: the posting
     */
    private record Used(
            String accountId,
            String idempotencyKey,
            byte[] fingerprint,
            UUID answerId,
            @Nullable String answer,
            @Nullable Posting posting) {}

    private static final Table<Used> TABLE = Table.<Used>named("idempotency_key")
            .key(Column.text("account_id", Used::accountId))
            .key(Column.text("idempotency_key", Used::idempotencyKey))
            .column(Column.bytes("fingerprint", Used::fingerprint))
            .column(Column.uuid("answer_id", Used::answerId))
            .column(Column.text("answer", Used::answer))
            .withChecksum(used -> used.answer != null);

    /** What is left of an answer that was erased: null, as JSON. */
    private static final String ERASED = "null";

    private static final Redaction<Used> ANSWERS = Redaction.of(TABLE, Map.of("answer", ERASED));

    /** The answers of features' commands repeat what callers wrote. */
    @Singleton
    static final class AnswersEraser implements Eraser {

        @Override
        public Part begin(String accountId) {
            return ANSWERS.begin(accountId)::next;
        }
    }

    /** Key by key, however few there were when this was planned. */
    private static final Lookup<Key> FIND = Lookup.by(
            List.of(Column.text("account_id", Key::accountId), Column.text("idempotency_key", Key::idempotencyKey)),
            keys -> """
                    SELECT %s, %s
                    FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM idempotency_key i WHERE i.account_id = %s
                                        AND i.idempotency_key = k.idempotency_key LIMIT 1) u
                    LEFT JOIN LATERAL (SELECT * FROM posting WHERE u.answer IS NULL AND posting.account_id = u.account_id
                                       AND posting.posting_id = u.answer_id LIMIT 1) p ON true""".formatted(TABLE.select("u"), PostingTable.columns("p"), keys.rows(), keys.account()));

    private static final Refusal KEY_REUSED = Refusal.of(
            Refusal.Code.IDEMPOTENCY_KEY_REUSED,
            "This idempotency key was used on this account for another request. Use a new key.");

    private final Answers answers;
    private final Map<Key, Used> used = new HashMap<>();
    private final List<Used> fresh = new ArrayList<>();

    /** Of its rows those have a checksum that have an answer of their own; the others hang on their postings. */
    public static Table<?> table() {
        return TABLE;
    }

    public Idempotency(Answers answers) {
        this.answers = answers;
    }

    /** Carries the answers of features' commands to JSON and back. */
    public interface Answers {

        String write(Object answer);

        <A> A read(String json, Class<A> type);
    }

    /** Adds what is known of the commands' keys to a batch's reads. */
    public void find(RoundTrip reads, Collection<Command<?>> commands) {
        Set<Key> keys = new LinkedHashSet<>();
        for (Command<?> command : commands) {
            Key key = key(command);
            if (key != null) {
                keys.add(key);
            }
        }
        FIND.in(reads, keys, row -> {
            Used found = used(row);
            used.put(new Key(found.accountId, found.idempotencyKey), found);
        });
    }

    private static Used used(Row row) throws SQLException {
        return new Used(row.text(), row.text(), row.bytes(), row.uuid(), row.textOrNull(), PostingTable.read(row));
    }

    /** Repeats are few: only for them are postings read whole, in a round trip of its own. */
    public void complete(Connection connection, Supplier<RoundTrip> roundTrip) throws SQLException {
        List<Posting> heads = new ArrayList<>(0);
        used.values().stream().filter(one -> one.posting != null).forEach(one -> heads.add(one.posting));
        if (heads.isEmpty()) {
            return;
        }
        Map<UUID, Posting> whole = new HashMap<>();
        PostingTable.whole(connection, roundTrip.get(), heads)
                .forEach(posting -> whole.put(posting.postingId(), posting));
        used.replaceAll((key, one) -> {
            Posting posting = whole.get(one.answerId);
            return posting == null ? one : posted(key, one.fingerprint, posting);
        });
    }

    private static Used posted(Key key, byte[] fingerprint, Posting posting) {
        return new Used(key.accountId, key.idempotencyKey, fingerprint, posting.postingId(), null, posting);
    }

    /**
     * Has a command decided that answers with its posting.
     *
     * @param salt the account's
     */
    public Outcome<Posting> once(Command.Posts command, Salt salt, Supplier<Outcome<Posting>> decision) {
        return once(
                command,
                salt,
                decision,
                Used::posting,
                (key, posting) -> posted(key, command.fingerprint(salt), posting));
    }

    /**
     * Has a feature's command decided.
     *
     * @param salt the account's
     * @param ids makes the id of a first answer
     */
    public <A> Outcome<A> once(
            Command<A> command, Salt salt, Class<A> type, Supplier<UUID> ids, Supplier<Outcome<A>> decision) {
        return once(
                command,
                salt,
                decision,
                one -> answers.read(String.valueOf(one.answer), type),
                (key, answer) -> new Used(
                        key.accountId,
                        key.idempotencyKey,
                        command.fingerprint(salt),
                        ids.get(),
                        answers.write(answer),
                        null));
    }

    private interface Keeping<A> {
        Used of(Key key, A answer);
    }

    private <A> Outcome<A> once(
            Command<A> command,
            Salt salt,
            Supplier<Outcome<A>> decision,
            Function<Used, @Nullable A> repeated,
            Keeping<A> keeping) {
        Key key = key(command);
        if (key == null) {
            return decision.get();
        }
        Used earlier = used.get(key);
        if (earlier != null) {
            A answer = Arrays.equals(earlier.fingerprint, command.fingerprint(salt)) ? repeated.apply(earlier) : null;
            if (answer == null && salt.isErased()) {
                return decision.get();
            }
            return answer == null ? Outcome.refused(KEY_REUSED) : new Outcome.Accepted<>(answer, true);
        }
        Outcome<A> outcome = decision.get();
        if (outcome instanceof Outcome.Accepted<A> accepted) {
            Used kept = keeping.of(key, accepted.answer());
            used.put(key, kept);
            fresh.add(kept);
        }
        return outcome;
    }

    /** The id of the answer under a command's key; null: it has no key, or that was never used. */
    @Nullable
    public UUID answerId(Command<?> command) {
        Key key = key(command);
        Used one = key == null ? null : used.get(key);
        return one == null ? null : one.answerId;
    }

    /** Adds the keys that have taken effect to a batch's writes. */
    public void write(RoundTrip writes) {
        TABLE.insert(writes, fresh);
    }

    private static @Nullable Key key(Command<?> command) {
        String key = command.idempotencyKey();
        return key == null ? null : new Key(command.accountId(), key);
    }
}
