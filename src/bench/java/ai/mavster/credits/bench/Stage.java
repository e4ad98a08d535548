package ai.mavster.credits.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The processes, the load, and all that scenarios share. */
final class Stage {

    /** How many turns each contender has. */
    static final int SLICES = 2;

    /** How many accounts are many. */
    static final int MANY = 10_000;

    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(10);
    private static final int FIRST_CLIENTS = 32;

    private final Settings settings;
    private final Database database;
    private final Meter meter;
    private final Failures failures = new Failures();
    private final Report report;
    private final Map<String, Opened> opened = new LinkedHashMap<>();
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

    private record Opened(AccountStore store, Accounts accounts) {}

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

    /** Opens accounts, unless another scenario already has; they are checked in the end. */
    Accounts open(AccountStore store, String name, int size) throws SQLException {
        Opened known = opened.get(name);
        if (known != null) {
            return known.accounts;
        }
        Report.say("Opening " + size + " accounts: " + name);
        Accounts accounts = new Accounts(name, size);
        store.open(this, accounts);
        opened.put(name, new Opened(store, accounts));
        return accounts;
    }

    /** So that the planner knows what was seeded. */
    void analyze() throws SQLException {
        database.execute("VACUUM ANALYZE");
    }

    /** Until the compilers have seen it. */
    void warmUp(Map<Subject, Traffic> contenders) {
        for (Traffic traffic : contenders.values()) {
            load.closed(traffic, FIRST_CLIENTS, Window.after(Duration.ZERO, FIRST_WARM_UP));
        }
    }

    /** So many clients that wait for their answers. */
    Contender closed(String scenario, Subject subject, int clients, Traffic traffic) {
        return new Contender(scenario, subject, "closed " + clients, window -> load.closed(traffic, clients, window));
    }

    List<Figure> closed(String scenario, int clients, Map<Subject, Traffic> contenders) throws SQLException {
        List<Contender> all = new ArrayList<>();
        contenders.forEach((subject, traffic) -> all.add(closed(scenario, subject, clients, traffic)));
        return compare(all);
    }

    /** Requests by the clock. */
    Figure open(String scenario, double perSecond, Traffic traffic) throws SQLException {
        Contender ours = new Contender(
                scenario,
                Subject.OURS,
                "open " + Math.round(perSecond) + "/s",
                window -> load.open(traffic, perSecond, window));
        return compare(List.of(ours)).get(0);
    }

    /** Lets them take turns. */
    List<Figure> compare(List<Contender> contenders) throws SQLException {
        List<Sample> samples = new ArrayList<>();
        contenders.forEach(contender -> samples.add(Sample.empty()));
        for (int slice = 0; slice < SLICES; slice++) {
            for (int i = 0; i < contenders.size(); i++) {
                samples.set(i, samples.get(i).then(observe(contenders.get(i).turn())));
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            figures.add(report.add(contenders.get(i), samples.get(i)));
        }
        return figures;
    }

    private Sample observe(Contender.Turn turn) throws SQLException {
        Window window = Window.after(settings.warmUp(), settings.slice());
        CompletableFuture<Sample> work = CompletableFuture.supplyAsync(() -> turn.run(window));
        window.awaitBegin();
        Cost before = meter.read(service);
        window.awaitEnd();
        Cost cost = meter.read(service).since(before);
        return work.join().costing(cost);
    }

    /** With what it cost, from its start to its end. */
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
        for (Opened each : opened.values()) {
            Report.say("Checking " + each.accounts.size() + " accounts: " + each.accounts.name());
            each.store.check(this, each.accounts);
        }
    }

    void close() {
        load.close();
        meter.close();
    }
}
