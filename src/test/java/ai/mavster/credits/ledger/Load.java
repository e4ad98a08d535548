package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Callers who debit, top up and debit in bulk at random, one account more than the others. Whoever does not learn what
 * became of a command sends it again, with the same key, until it is told; so at the end the ledger must hold what they
 * were told and nothing else.
 */
final class Load {

    private static final long OPENING = 3000;
    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> accounts;
    private final AtomicReference<ServiceClient> client = new AtomicReference<>();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<Map<Wish, Boolean>>> runs = new ArrayList<>();
    private volatile boolean going = true;

    /** A change to an account, and the key it is known by. What is taken is negative. */
    private record Wish(String accountId, String key, long credits) {
        String asBulkDebit() {
            return "{\"account_id\": \"%s\", \"idempotency_key\": \"%s\", \"credits\": %d}"
                    .formatted(accountId, key, -credits);
        }
    }

    /** A load on new accounts. */
    Load(String name, ServiceClient client) throws IOException {
        this.accounts = Stream.of("hot", "1", "2", "3", "4", "5")
                .map(account -> name + "-" + account)
                .toList();
        this.client.set(client);
        for (String accountId : accounts) {
            client.open(accountId, OPENING);
        }
    }

    /** How many commands their callers know the outcome of. */
    int told() {
        return told.get();
    }

    /** How often a caller was left without one. */
    int unknown() {
        return unknown.get();
    }

    /** From now on requests go to this service. */
    void redirect(ServiceClient to) {
        client.set(to);
    }

    void start(long seed) {
        Random seeds = new Random(seed);
        for (int i = 0; i < THREADS; i++) {
            String name = "caller-" + i;
            Random random = new Random(seeds.nextLong());
            runs.add(threads.submit(() -> call(name, random)));
        }
    }

    private Map<Wish, Boolean> call(String name, Random random) throws Exception {
        Map<Wish, Boolean> outcomes = new HashMap<>();
        for (int i = 0; going; i++) {
            String key = name + "-" + i;
            int kind = random.nextInt(10);
            if (kind == 0) {
                // Some of what the debits take, so that accounts run dry and are filled again.
                Wish wish = new Wish(account(random), key, 1 + random.nextInt(100));
                single(outcomes, wish);
            } else if (kind < 7) {
                single(outcomes, new Wish(account(random), key, -1 - random.nextInt(60)));
            } else {
                List<Wish> wishes = new ArrayList<>();
                for (int item = 0; item < 5; item++) {
                    wishes.add(new Wish(account(random), key + "-" + item, -1 - random.nextInt(60)));
                }
                bulk(outcomes, wishes);
            }
        }
        return outcomes;
    }

    private String account(Random random) {
        return random.nextBoolean() ? accounts.get(0) : accounts.get(random.nextInt(accounts.size()));
    }

    private void single(Map<Wish, Boolean> outcomes, Wish wish) {
        insist(() -> {
            ServiceClient.Reply reply = wish.credits > 0
                    ? client.get().topUp(wish.accountId, wish.key, wish.credits)
                    : client.get().debit(wish.accountId, wish.key, -wish.credits);
            return isTold(outcomes, wish, reply.status(), reply.body());
        });
    }

    private void bulk(Map<Wish, Boolean> outcomes, List<Wish> wishes) {
        List<Wish> open = new ArrayList<>(wishes);
        insist(() -> {
            String items = open.stream().map(Wish::asBulkDebit).collect(Collectors.joining(", "));
            ServiceClient.Reply reply = client.get().post("/v1/debits", null, "{\"debits\": [" + items + "]}");
            if (reply.status() == 503) {
                return false;
            }
            JsonNode results = ServiceClient.expect(200, reply).body().path("results");
            List<Wish> untold = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                if (!isTold(outcomes, open.get(i), results.get(i).path("status").asInt(), results.get(i))) {
                    untold.add(open.get(i));
                }
            }
            open.retainAll(untold);
            return open.isEmpty();
        });
    }

    private boolean isTold(Map<Wish, Boolean> outcomes, Wish wish, int status, JsonNode body) {
        if (status == 503) {
            return false;
        }
        assertThat(status).as("%s: %s", wish, body).isIn(201, 402);
        outcomes.put(wish, status == 201);
        told.incrementAndGet();
        return true;
    }

    private interface Attempt {
        boolean isAnswered() throws IOException;
    }

    private void insist(Attempt attempt) {
        Eventually.holds(
                PATIENCE,
                () -> {
                    boolean answered;
                    try {
                        answered = attempt.isAnswered();
                    } catch (IOException e) {
                        answered = false;
                    }
                    if (!answered) {
                        unknown.incrementAndGet();
                    }
                    return answered;
                },
                () -> "a caller is told what became of its command");
    }

    /** Waits until so many more commands were answered: a moment in the middle of the load. */
    void awaitMore(int commands) {
        int enough = told() + commands;
        Eventually.holds(PATIENCE, () -> told() >= enough, () -> commands + " more commands are answered");
    }

    /** Ends the load, and holds the ledger to what the callers were told. */
    void finish(LedgerRows rows) throws Exception {
        going = false;
        Map<Wish, Boolean> outcomes = new HashMap<>();
        try {
            for (Future<Map<Wish, Boolean>> run : runs) {
                outcomes.putAll(run.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(outcomes.values()).contains(true, false);
        for (String accountId : accounts) {
            Set<String> accepted = new HashSet<>();
            long balance = OPENING;
            for (Map.Entry<Wish, Boolean> outcome : outcomes.entrySet()) {
                Wish wish = outcome.getKey();
                if (outcome.getValue() && wish.accountId.equals(accountId)) {
                    accepted.add(wish.key);
                    balance += wish.credits;
                }
            }
            assertThat(rows.keys(accountId)).as(accountId).isEqualTo(accepted);
            assertThat(client.get().balance(accountId)).isEqualByComparingTo(BigDecimal.valueOf(balance));
            client.get().prove(accountId);
        }
        rows.check();
    }
}
