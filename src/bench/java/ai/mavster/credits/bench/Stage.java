package ai.mavster.credits.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The processes, the load, and all that scenarios share. */
final class Stage {

    /** How many turns each contender has. */
    static final int SLICES = 2;

    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(2);
    private static final int FIRST_CLIENTS = 32;

    private final Settings settings;
    private final Database database;
    private final Meter meter;
    private final Failures failures = new Failures();
    private final Report report;
    private final List<Map.Entry<Books, Accounts>> opened = new ArrayList<>();
    private volatile Service service;
    private Load load;

    Stage(Settings settings, Database database, Service service, Report report) {
        this.settings = settings;
        this.database = database;
        this.service = service;
        this.report = report;
        this.meter = new Meter(database);
        this.load = new Load(service.port(), failures);
    }

    Settings settings() {
        return settings;
    }

    Database database() {
        return database;
    }

    Service service() {
        return service;
    }

    Load load() {
        return load;
    }

    Report report() {
        return report;
    }

    Failures failures() {
        return failures;
    }

    /** One that takes part in a comparison. */
    record Contender(Subject subject, Traffic traffic) {}

    /** Opens accounts, to be checked in the end. */
    Accounts open(Books books, String name, int size) throws SQLException {
        Accounts accounts = new Accounts(name, size);
        books.open(this, accounts);
        opened.add(Map.entry(books, accounts));
        return accounts;
    }

    /** So that the planner knows what was seeded. */
    void analyze() throws SQLException {
        database.execute("VACUUM ANALYZE");
    }

    /** Until the compilers have seen it. */
    void warmUp(List<Contender> contenders) {
        for (Contender contender : contenders) {
            load.closed(contender.traffic(), FIRST_CLIENTS, FIRST_WARM_UP);
        }
    }

    /** Contenders take turns, each with so many clients that wait for their answers. */
    List<Figure> closed(String scenario, int clients, List<Contender> contenders) throws SQLException {
        return takeTurns(
                scenario, "closed " + clients, contenders, (traffic, time) -> load.closed(traffic, clients, time));
    }

    /** Requests by the clock. */
    Figure open(String scenario, double perSecond, Contender contender) throws SQLException {
        return takeTurns(
                        scenario,
                        "open " + Math.round(perSecond) + "/s",
                        List.of(contender),
                        (traffic, time) -> load.open(traffic, perSecond, time))
                .get(0);
    }

    private interface Turn {
        Sample run(Traffic traffic, Duration time);
    }

    private List<Figure> takeTurns(String scenario, String name, List<Contender> contenders, Turn turn)
            throws SQLException {
        List<Sample> samples = new ArrayList<>();
        contenders.forEach(contender -> samples.add(Sample.empty()));
        for (int slice = 0; slice < SLICES; slice++) {
            for (int i = 0; i < contenders.size(); i++) {
                Traffic traffic = contenders.get(i).traffic();
                turn.run(traffic, settings.warmUp());
                samples.set(i, samples.get(i).plus(metered(() -> turn.run(traffic, settings.slice()))));
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            figures.add(report.add(scenario, contenders.get(i).subject(), name, samples.get(i)));
        }
        return figures;
    }

    /** With what it cost. */
    Sample metered(Supplier<Sample> work) throws SQLException {
        Cost before = meter.read(service);
        Sample sample = work.get();
        return sample.costing(meter.read(service).since(before));
    }

    /** Stops the service and starts it anew on the database as it is. */
    void restart() throws IOException, InterruptedException {
        load.close();
        service.close();
        service = Service.start(settings, database.address());
        load = new Load(service.port(), failures);
    }

    /** Looks for every debit that was confirmed. */
    void check() throws SQLException {
        for (Map.Entry<Books, Accounts> each : opened) {
            each.getKey().check(this, each.getValue());
        }
    }

    void close() {
        load.close();
        meter.close();
    }
}
