package ai.mavster.credits.bench;

import ai.mavster.credits.embedded.StartFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Measures the service and its rivals; {@code ./mvnw -Pbench}.
 *
 * <p>Exit codes: 0, 1 when something failed that must not, 2 when it could not measure.
 */
public final class Benchmark {

    private static final Map<String, Supplier<Scenario>> SCENARIOS = new LinkedHashMap<>();

    /** Some take long; and the hostile say little where they share few processors with the service. */
    private static final Set<String> ONLY_WHEN_ASKED_FOR = Set.of("history", "grants", "hostile", "overload");

    static {
        SCENARIOS.put("hot", HotAccount::new);
        SCENARIOS.put("many", ManyAccounts::new);
        SCENARIOS.put("grants", ManyGrants::new);
        SCENARIOS.put("bulk", Bulk::new);
        SCENARIOS.put("reads", Reads::new);
        SCENARIOS.put("renewals", RenewalRun::new);
        SCENARIOS.put("budgets", Budgets::new);
        SCENARIOS.put("waiting", Waiting::new);
        SCENARIOS.put("connections", TenThousandConnections::new);
        SCENARIOS.put("history", LongHistory::new);
        SCENARIOS.put("hostile", Hostile::new);
        SCENARIOS.put("overload", Overload::new);
        SCENARIOS.put("start", Starts::new);
    }

    private final Settings settings;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Benchmark(Settings settings) {
        this.settings = settings;
    }

    public static void main(String... arguments) {
        stopWithParent();
        Benchmark benchmark = new Benchmark(Settings.fromSystemProperties());
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::close, "close"));
        int exitCode;
        try {
            exitCode = benchmark.run();
        } catch (Exception e) {
            Report.say("The benchmark could not be carried out: " + e);
            e.printStackTrace(System.out);
            exitCode = 2;
        }
        benchmark.close();
        System.exit(exitCode);
    }

    /** A Maven that is stopped ends without a word to what it runs. */
    private static void stopWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread watch = new Thread(
                    () -> {
                        parent.onExit().join();
                        System.exit(143);
                    },
                    "stop-with-parent");
            watch.setDaemon(true);
            watch.start();
        });
    }

    private int run() throws Exception {
        Collection<String> chosen = settings.only().isEmpty()
                ? SCENARIOS.keySet().stream()
                        .filter(name -> !ONLY_WHEN_ASKED_FOR.contains(name))
                        .toList()
                : settings.only();
        if (!SCENARIOS.keySet().containsAll(chosen)) {
            throw new IllegalArgumentException("bench.only names one or more of " + SCENARIOS.keySet());
        }
        Stage stage = start();
        for (Map.Entry<String, Supplier<Scenario>> scenario : SCENARIOS.entrySet()) {
            if (chosen.contains(scenario.getKey())) {
                scenario.getValue().get().run(stage);
            }
        }
        Report.say("Looking for every debit that was confirmed");
        stage.check();
        Path file = settings.directory().resolve("benchmark.json");
        stage.report().print(stage.failures());
        stage.report().write(file, settings, stage.failures());
        System.out.println("All of it is in " + file);
        return stage.failures().count() == 0 ? 0 : 1;
    }

    private Stage start() throws StartFailure, SQLException, IOException, InterruptedException {
        Path data = settings.directory().resolve("data");
        delete(data);
        Files.deleteIfExists(settings.directory().resolve("service.log"));
        Report.say("Starting PostgreSQL in " + data);
        Database database = Database.start(data);
        opened(() -> {
            database.close();
            delete(data);
        });
        Service service = Service.start(settings, database.address());
        Stage stage = new Stage(settings, database, service, new Report(machine(database)));
        opened(() -> stage.service().close());
        opened(stage::close);
        RivalAccounts.createTables(database);
        Report.say("PostgreSQL and the service run: " + database.settings());
        return stage;
    }

    private Map<String, Object> machine(Database database) {
        Map<String, Object> machine = new LinkedHashMap<>();
        int processors = Runtime.getRuntime().availableProcessors();
        double busy = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (busy > processors / 2.0) {
            Report.say("This machine is busy with something else (load average %.1f): do not trust the figures"
                    .formatted(busy));
        }
        machine.put("processors", processors);
        machine.put("load_average_before", busy);
        for (String name : List.of("os.name", "os.version", "os.arch", "java.vm.name", "java.vm.version")) {
            machine.put(name, System.getProperty(name));
        }
        machine.put("postgresql", database.settings());
        return machine;
    }

    private void opened(AutoCloseable closeable) {
        synchronized (open) {
            open.push(closeable);
        }
    }

    /** Once, be it at the end or because somebody has lost patience. */
    private void close() {
        synchronized (open) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception e) {
                    System.out.println("Could not be closed: " + e);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, java.io.@org.jspecify.annotations.Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
