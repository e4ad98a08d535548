package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that was asked and answered, as lines of JSON in a file, and what was wrong with it on its face. */
final class History implements AutoCloseable {

    private static final int MOST_FAULTS = 30;

    private final BufferedWriter file;
    private final List<Operation> operations = new ArrayList<>();
    private final Set<String> faults = new LinkedHashSet<>();
    private final Map<AnswerKind, Long> answers = new EnumMap<>(AnswerKind.class);
    private final Map<String, Long> reasons = new TreeMap<>();

    History(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            this.file = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Operation begin(Operation operation) {
        operations.add(operation);
        return operation;
    }

    /** Keeps an answer, and finds what no sequence of events could excuse. */
    synchronized void add(Operation operation, Answer answer) {
        Answer first = operation.done();
        operation.told(answer);
        answers.merge(answer.kind(), 1L, Long::sum);
        if (answer.kind() != AnswerKind.DONE) {
            String why = answer.status() == 0
                    ? answer.failure().replaceAll("[^A-Za-z ].*", "")
                    : answer.status() + " " + answer.code();
            reasons.merge(answer.kind() + ": " + why, 1L, Long::sum);
        }
        write(operation, answer);
        if (answer.kind() == AnswerKind.BUG) {
            fault("nobody should be answered this: %d %s to %s".formatted(answer.status(), answer.body(), operation));
        }
        if (answer.kind() == AnswerKind.DONE && operation.kind.posts()) {
            checkFigures(operation, answer);
            if (first != null && !first.body().equals(answer.body())) {
                fault("two answers to one key: %s and %s to %s".formatted(first.body(), answer.body(), operation));
            }
        }
        // Of two attempts at once the one may have been refused before the other was done, and be answered after it.
        boolean after = first != null && answer.began() > first.ended();
        if (after && operation.key != null && answer.kind() == AnswerKind.REFUSED) {
            fault("done and then refused: %s after %s to %s".formatted(answer.body(), first.body(), operation));
        }
    }

    private void checkFigures(Operation operation, Answer answer) {
        long balance = answer.millionths("balance");
        long held = answer.millionths("held");
        long available = answer.millionths("available");
        if (held < 0 || available < 0 || balance != held + available) {
            fault("figures that cannot be: %s to %s".formatted(answer.body(), operation));
        }
    }

    private void write(Operation operation, Answer answer) {
        ObjectNode line = Amounts.JSON.createObjectNode();
        line.put("at", Instant.now().toString());
        line.put("began", answer.began());
        line.put("ended", answer.ended());
        line.put("replica", answer.replica());
        line.put("kind", operation.kind.name());
        line.put("request", operation.method + " " + operation.path);
        line.put("key", operation.key);
        line.put("body", operation.body);
        line.put("class", answer.kind().name());
        line.put("status", answer.status());
        line.put("replayed", answer.replayed());
        if (answer.status() == 0) {
            line.put("failure", answer.failure());
        } else {
            line.set("answer", answer.body());
        }
        try {
            file.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that must not be. The run goes on, and fails in the end. */
    synchronized void fault(String text) {
        if (faults.size() < MOST_FAULTS && faults.add(text)) {
            System.out.println("Failure suite, WRONG: " + text);
        }
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    synchronized String figures() {
        return "%d operations, answers %s, others %s".formatted(operations.size(), answers, reasons);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
