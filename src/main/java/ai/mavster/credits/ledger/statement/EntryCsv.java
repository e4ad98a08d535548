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
