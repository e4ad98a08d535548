package ai.mavster.credits.http.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What is written to the log from now on, whatever its form. */
final class Written extends Handler {

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final PatternFormatter message = new PatternFormatter("%s");
    private final Logger root = Logger.getLogger("");

    /**
     * @param beside what is known of the request that it is of
     * @param trace of what was thrown, causes and all; empty: nothing was
     */
    record Line(String level, String logger, String message, Map<String, String> beside, String trace) {}

    Written() {
        root.addHandler(this);
    }

    List<Line> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        ExtLogRecord line = ExtLogRecord.wrap(record);
        StringWriter trace = new StringWriter();
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(trace));
        }
        lines.add(new Line(
                record.getLevel().getName(),
                record.getLoggerName(),
                message.format(line),
                line.getMdcCopy(),
                trace.toString()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
