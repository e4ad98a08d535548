package ai.mavster.credits.http.contract;

import static ai.mavster.credits.embedded.ServiceProcess.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Tools;
import ai.mavster.credits.embedded.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract as callers have it: what they generate from {@code openapi.yaml} works, and the service keeps every
 * promise that Schemathesis reads in it. What this needs is put into {@code target/contract} by
 * {@code src/contract/prepare}.
 */
class ContractFromOutsideIT {

    private static final Path CONTRACT = Path.of("openapi.yaml");
    private static final Path CHECKS = Path.of("src", "contract");
    private static final Path HOME = Path.of("target", "contract");
    private static final Path PROGRAMS = HOME.resolve("venv").resolve("bin");

    private ServiceProcess service;

    @BeforeEach
    void start() throws IOException {
        Path preparedFor = HOME.resolve(CONTRACT);
        Tools.need(
                Files.exists(preparedFor) && Files.mismatch(CONTRACT, preparedFor) == -1,
                "the contract is not checked from outside: src/contract/prepare makes that possible");
        service = ServiceProcess.start(Map.of("CREDITS_TEST_CLOCKS", "true"));
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void aGeneratedClientDrivesAMonthInJava() {
        Path client = HOME.resolve("java").resolve("target");
        String java = ProcessHandle.current().info().command().orElse("java");
        run("java.log", java, "-cp", client + "/classes:" + client + "/dependency/*", CHECKS + "/java/Month.java");
    }

    @Test
    void aGeneratedClientDrivesAMonthInPython() {
        run("python.log", PROGRAMS + "/python", CHECKS + "/month.py");
    }

    /** Prints its summary: how many cases there were, and which findings were excluded by name. */
    @Test
    void schemathesisFindsNothing() {
        String printed = run(
                "schemathesis.log",
                PROGRAMS + "/schemathesis",
                "--no-color",
                "--config-file=" + CHECKS + "/schemathesis.toml",
                "run",
                CONTRACT.toString(),
                "--url=" + service.url());
        assertThat(printed).contains("No issues found");
        System.out.println(printed.substring(printed.indexOf("= SUMMARY =")));
    }

    private String run(String log, String... command) {
        Map<String, String> environment = Map.of("CREDITS_URL", service.url().toString(), "CREDITS_KEY", ADMIN_KEY);
        return Tools.run(HOME.resolve(log), environment, List.of(command));
    }
}
