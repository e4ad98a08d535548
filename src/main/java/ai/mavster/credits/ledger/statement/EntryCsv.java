package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.ledger.statement.StatementResource.Entry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries as comma-separated values (RFC 4180), with the names of their JSON fields as the header. */
final class EntryCsv {

    private static final String HEADER =
            "seq,kind,credits,balance_after,posting_id,grant_id,action,quantity,workspace_id,project_id,"
                    + "test_id,run_id,reverses,note,idempotency_key,occurred_at,hash";

    private final Writer writer;

    EntryCsv(OutputStream output) throws IOException {
        writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), 1 << 16);
        writer.write(HEADER + "\r\n");
    }

    void write(Entry entry) {
        String line = Stream.of(
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
                        entry.hash())
                .map(EntryCsv::cell)
                .collect(Collectors.joining(",", "", "\r\n"));
        try {
            writer.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end() throws IOException {
        writer.flush();
    }

    /** Text that a spreadsheet would take for a formula is given an apostrophe in front; numbers, also negative ones, stay as they are. */
    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof String && !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
