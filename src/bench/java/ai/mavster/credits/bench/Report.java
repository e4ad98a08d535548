package ai.mavster.credits.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** All that was measured: a line for each as it comes, in the end a table, and a file with everything. */
final class Report {

    private static final long START = System.nanoTime();

    private final Map<String, Object> machine;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Aim> aims = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    Report(Map<String, Object> machine) {
        this.machine = machine;
    }

    /** A line on what is going on. */
    static void say(String what) {
        long seconds = Duration.ofNanos(System.nanoTime() - START).toSeconds();
        System.out.printf(Locale.ROOT, "[%3d s] %s%n", seconds, what);
    }

    Figure add(Contender contender, Sample sample) {
        Figure figure = Figure.of(contender.scenario(), contender.subject(), contender.load(), sample);
        figures.add(figure);
        say(figure.inShort());
        return figure;
    }

    void add(Aim aim) {
        aims.add(aim);
    }

    /** What is neither a rate nor an aim. */
    void fact(String name, Object value) {
        facts.put(name, value);
        say(name + ": " + value);
    }

    private Stream<Figure> of(String scenario, Subject subject) {
        return figures.stream().filter(figure -> figure.scenario().equals(scenario) && figure.subject() == subject);
    }

    /** The best rate at any load. */
    double peak(String scenario, Subject subject) {
        return of(scenario, subject).mapToDouble(Figure::perSecond).max().orElse(Double.NaN);
    }

    /** In milliseconds. */
    double p50(String scenario, Subject subject, String load) {
        return of(scenario, subject)
                .filter(figure -> figure.load().equals(load))
                .mapToDouble(figure -> figure.latency().p50())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** A figure's rate to that of each other subject under the same load or, where that one has none, to its best. */
    Map<Subject, Double> ratios(Figure figure) {
        Map<Subject, Double> ratios = new EnumMap<>(Subject.class);
        if (figure.load().startsWith("open")) {
            return ratios; // the rate was ours to choose
        }
        for (Subject other : Subject.values()) {
            if (other != figure.subject() && other != Subject.OURS) {
                OptionalDouble same = of(figure.scenario(), other)
                        .filter(candidate -> candidate.load().equals(figure.load()))
                        .mapToDouble(Figure::perSecond)
                        .findFirst();
                double rate = same.orElse(peak(figure.scenario(), other));
                if (!Double.isNaN(rate)) {
                    ratios.put(other, figure.perSecond() / rate);
                }
            }
        }
        return ratios;
    }

    void print(Failures failures) {
        new Table(this, figures).print();
        System.out.println();
        facts.forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println();
        aims.forEach(aim -> System.out.printf(
                Locale.ROOT,
                "%-6s  %-55s %8.2f  (%s %s)%n",
                aim.met() ? "met" : "missed",
                aim.what(),
                aim.value(),
                aim.atLeast() ? "at least" : "at most",
                aim.bound()));
        System.out.println();
        System.out.println(
                failures.count() == 0
                        ? "Every confirmed debit was found, and the accounts are proved."
                        : failures.count() + " FAILURES: " + failures.first());
    }

    /** A figure, and how it compares. */
    private record Compared(Figure figure, Map<Subject, Double> rateRelativeTo) {}

    void write(Path file, Settings settings, Failures failures) throws IOException {
        Map<String, Object> everything = new LinkedHashMap<>();
        everything.put("machine", machine);
        everything.put("settings", settings);
        everything.put("aims", aims);
        everything.put("facts", facts);
        everything.put(
                "figures",
                figures.stream()
                        .map(figure -> new Compared(figure, ratios(figure)))
                        .toList());
        everything.put("failures", failures.count());
        everything.put("first_failures", failures.first());
        new ObjectMapper()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .findAndRegisterModules()
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .writerWithDefaultPrettyPrinter()
                .writeValue(file.toFile(), everything);
    }
}
