package ai.mavster.credits.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures as a table, a line each. */
record Table(Report report, List<Figure> figures) {

    private static final String LINE = "%-22s %-17s %-13s %9s %8s %8s %8s  %-20s %7s %7s %7s %7s%n";

    void print() {
        PrintStream out = System.out;
        out.println();
        out.printf(
                LINE,
                "",
                "",
                "",
                "rate",
                "p50",
                "p99",
                "p99.9",
                "CPU ms per 1000",
                "WAL",
                "x per",
                "x single",
                "of the");
        out.printf(
                LINE, "", "", "", "1/s", "ms", "ms", "ms", "service/db/generator", "bytes", "debit", "stmt.", "limit");
        String scenario = "";
        for (Figure figure : figures) {
            Map<Subject, Double> ratios = report.ratios(figure);
            out.printf(
                    LINE,
                    figure.scenario().equals(scenario) ? "" : figure.scenario(),
                    figure.subject().inWords(),
                    figure.load(),
                    number(figure.perSecond(), 0),
                    milliseconds(figure.latency().p50()),
                    milliseconds(figure.latency().p99()),
                    milliseconds(figure.latency().p999()),
                    number(figure.cpu().service(), 0) + " / "
                            + number(figure.cpu().database(), 0) + " / "
                            + number(figure.cpu().generator(), 0),
                    number(figure.walBytesPerOperation(), 0),
                    ratio(ratios.get(Subject.PER_DEBIT)),
                    ratio(ratios.get(Subject.SINGLE_STATEMENT)),
                    ratio(ratios.get(Subject.LIMIT)));
            scenario = figure.scenario();
        }
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String milliseconds(double value) {
        return value == 0 ? "" : number(value, 2);
    }

    private static String ratio(@Nullable Double value) {
        return value == null ? "" : number(value, 2);
    }
}
