package ai.mavster.credits.failure;

import ai.mavster.credits.event.delivery.Receiver;
import ai.mavster.credits.failure.cluster.Cluster;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares, once all is mended, what is there with all that was ever answered. What is wrong goes to the history. */
final class Checker {

    private final Cluster cluster;
    private final Workload workload;
    private final History history;
    private final Receiver receiver;
    private final Reader service;
    private final Reader other;

    Checker(Cluster cluster, Workload workload, History history, Receiver receiver) {
        this.cluster = cluster;
        this.workload = workload;
        this.history = history;
        this.receiver = receiver;
        this.service = new Reader(cluster.replicas().get(0));
        this.other = new Reader(cluster.replicas().get(1));
    }

    void check() throws IOException, SQLException {
        Recharges recharges = new Recharges(cluster, history::fault);
        recharges.await();
        Map<String, List<Operation>> operations =
                history.operations().stream().collect(Collectors.groupingBy(operation -> operation.accountId));
        List<ReadAccount> accounts = new ArrayList<>();
        for (String id : workload.accounts()) {
            ReadAccount account = ReadAccount.of(service, id);
            accounts.add(account);
            check(account, operations.getOrDefault(id, List.of()));
        }
        for (String card : Workload.CARDS) {
            for (ReadAccount account : accounts) {
                if (account.id.equals(Workload.recharged(card))) {
                    recharges.check(account, card, service);
                }
            }
        }
        EventsCheck.await(accounts, receiver, history::fault);
        long postings =
                accounts.stream().mapToLong(account -> account.postings.size()).sum();
        System.out.printf(
                "Failure suite checked %d accounts with %d postings and %d events, of which %d deliveries came%n",
                accounts.size(),
                postings,
                accounts.stream().mapToLong(account -> account.events.size()).sum(),
                receiver.received().size());
    }

    private void check(ReadAccount account, List<Operation> operations) throws IOException {
        new Replay(account, ends(account), history::fault).run();
        new Keys(account, history::fault).check(operations);
        new Limits(account, workload.budgets(), operations, history::fault).check();
        new EventsCheck(account, history::fault).check();
        new Months(account, history::fault).check(service);
        checkFigures(account);
    }

    private Map<String, Instant> ends(ReadAccount account) throws IOException {
        Map<String, Instant> ends = new HashMap<>();
        for (JsonNode grant : service.all("/v1/accounts/" + account.id + "/grants")) {
            if (grant.path("expires_at").isTextual()) {
                ends.put(
                        grant.path("grant_id").asText(),
                        Instant.parse(grant.path("expires_at").asText()));
            }
        }
        return ends;
    }

    /** The service's own proof, what is held by the runs that are open, and the same from both replicas. */
    private void checkFigures(ReadAccount account) throws IOException {
        JsonNode proof = service.get("/v1/accounts/" + account.id + "/proof");
        if (!proof.path("balanced").asBoolean() || !proof.path("chain_intact").asBoolean()) {
            history.fault("%s is not proven: %s".formatted(account.id, proof));
        }
        JsonNode here = service.get("/v1/accounts/" + account.id + "/balance");
        JsonNode there = other.get("/v1/accounts/" + account.id + "/balance");
        for (String field : List.of("balance", "held", "available")) {
            if (Amounts.millionths(here.path(field)) != Amounts.millionths(there.path(field))) {
                history.fault("%s: two replicas, two balances: %s and %s".formatted(account.id, here, there));
            }
        }
        long held = account.runs.stream()
                .map(run -> run.path("hold"))
                .filter(JsonNode::isObject)
                .mapToLong(hold -> Amounts.millionths(hold.path("remaining")))
                .sum();
        if (held != Amounts.millionths(account.balance.path("held"))) {
            history.fault("%s: runs hold %d, and the account says %s".formatted(account.id, held, account.balance));
        }
    }
}
