package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Author;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.http.Csv;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries as comma-separated values, with the names of their JSON fields as the header: all that their hashes cover.
 */
final class EntryCsv {

    static final List<String> HEADER = List.of(
            "seq",
            "kind",
            "credits",
            "balance_after",
            "posting_id",
            "grant_id",
            "action",
            "quantity",
            "workspace_id",
            "project_id",
            "test_id",
            "run_id",
            "reverses",
            "reference",
            "note",
            "metadata",
            "amount",
            "currency",
            "author_type",
            "author_id",
            "author_name",
            "idempotency_key",
            "occurred_at",
            "hash",
            "account_id",
            "requested",
            "posted",
            "captured",
            "balance",
            "held",
            "owed",
            "first_seq",
            "entries",
            "expires_at",
            "fingerprint",
            "text_digest",
            "text_salt",
            "hash_version",
            "previous_hash");

    /** For the contract. */
    static final String EXAMPLE = """
            seq,kind,credits,balance_after,posting_id,grant_id,action,quantity,workspace_id,project_id,test_id,run_id,reverses,reference,\
            note,metadata,amount,currency,author_type,author_id,author_name,idempotency_key,occurred_at,hash,account_id,requested,posted,\
            captured,balance,held,owed,first_seq,entries,expires_at,fingerprint,text_digest,text_salt,hash_version,previous_hash\r
            2,debit,-12.5,2987.5,debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,\
            visual-assert,1,,checkout,guest-can-pay,run-1,,,,"{""branch"":""main""}",,,api_key,\
            key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,runners,run-1-step-1,2026-11-21T18:39:00Z,\
            9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08,acct_7,12.5,12.5,0,2987.5,0,0,2,1,,\
            2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae,\
            fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9,000102030405060708090a0b0c0d0e0f,2,\
            baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096\r
            """;

    private EntryCsv() {}

    static void write(Csv csv, EntryAnswer entry) {
        csv.row(Stream.concat(described(entry), hashed(entry.hashed())));
    }

    private static Stream<@Nullable Object> described(EntryAnswer entry) {
        Metadata metadata = entry.metadata();
        Money amount = entry.amount();
        Author author = entry.author();
        return Stream.of(
                entry.seq(),
                entry.kind().id(),
                entry.credits(),
                entry.balanceAfter(),
                entry.postingId(),
                entry.grantId(),
                entry.action(),
                entry.quantity(),
                entry.workspaceId(),
                entry.projectId(),
                entry.testId(),
                entry.runId(),
                entry.reverses(),
                entry.reference(),
                entry.note(),
                metadata == null ? null : metadata.json(),
                amount == null ? null : amount.value(),
                amount == null ? null : amount.currency(),
                author.type().id(),
                author.id(),
                author.name(),
                entry.idempotencyKey(),
                entry.occurredAt(),
                entry.hash());
    }

    private static Stream<@Nullable Object> hashed(EntryAnswer.Hashed hashed) {
        return Stream.of(
                hashed.accountId(),
                hashed.requested(),
                hashed.posted(),
                hashed.captured(),
                hashed.balance(),
                hashed.held(),
                hashed.owed(),
                hashed.firstSeq(),
                hashed.entries(),
                hashed.expiresAt(),
                hashed.fingerprint(),
                hashed.textDigest(),
                hashed.textSalt(),
                hashed.hashVersion(),
                hashed.previousHash());
    }
}
