package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.http.Csv;
import ai.mavster.credits.ledger.statement.StatementResource.Entry;
import java.util.List;
import java.util.stream.Stream;

/** Entries as comma-separated values, with the names of their JSON fields as the header. */
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
            "note",
            "idempotency_key",
            "occurred_at",
            "hash");

    /** For the contract. */
    static final String EXAMPLE = """
            seq,kind,credits,balance_after,posting_id,grant_id,action,quantity,workspace_id,project_id,test_id,run_id,reverses,note,\
            idempotency_key,occurred_at,hash\r
            2,debit,-12.5,2987.5,debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,\
            visual-assert,1,,checkout,guest-can-pay,run-1,,,run-1-step-1,2026-11-21T18:39:00Z,\
            9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\r
            """;

    private EntryCsv() {}

    static void write(Csv csv, Entry entry) {
        csv.row(Stream.of(
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
                entry.note(),
                entry.idempotencyKey(),
                entry.occurredAt(),
                entry.hash()));
    }
}
