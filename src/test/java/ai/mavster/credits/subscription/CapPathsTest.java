package ai.mavster.credits.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cap's figures at their boundaries, whatever way an account came to its balance. Each on a clock of its own. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CapPathsTest {

    private static final String SMALL = "paths-small";

    /** Plan, balance before, granted: the figures of the design. */
    private static final String[][] FIGURES = {
        {"basic", "0", "3000"},
        {"basic", "1500", "3000"},
        {"basic", "1501", "2999"},
        {"basic", "4499", "1"},
        {"basic", "4500", "0"},
        {"basic", "13000", "0"},
        {"pro", "10000", "20000"},
        {"pro", "10001", "19999"},
        {"pro", "30000", "0"},
        {"ultra", "30000", "60000"},
        {"ultra", "30001", "59999"},
        {"ultra", "90000", "0"},
    };

    /** A way to a balance, on the plan whose renewal is next. */
    private enum Way {
        TOP_UP {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, plan).bring("0");
                if (!balance.equals("0")) {
                    customer.topUp(balance).is(201);
                }
            }
        },
        DEBIT {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, plan).topUp("100000").is(201);
                customer.bring(balance);
            }
        },
        REVERSAL {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, plan).bring(balance);
                customer.topUp("777").is(201);
                String debit = customer.debit("777").is(201).at("id");
                customer.reverse(debit, "{'reason': 'story'}").is(201);
                customer.debit("777").is(201);
            }
        },
        PROMOTIONAL_GRANT {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, plan).bring("0");
                if (!balance.equals("0")) {
                    customer.grant(balance, "").is(201);
                }
            }
        },
        /** What is held counts as balance: it is not spent yet. */
        OPEN_HOLD {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, plan).bring(balance);
                if (!balance.equals("0")) {
                    String hold = "{'hold': %s, 'hold_expires_in': 'P7D'}";
                    advance(customer, "2027-02-07T00:00:00Z");
                    Customer.post(customer.path("/runs"), Customer.newKey(), hold.formatted(balance))
                            .is(201);
                }
            }
        },
        DOWNGRADE {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, "ultra").bring(balance);
                subscribe(customer, plan);
            }
        },
        UPGRADE {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, SMALL).bring(balance);
                subscribe(customer, plan);
            }
        },
        UPGRADE_WITH_THE_DIFFERENCE {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, SMALL);
                customer.subscribe(
                                "{'plan': '" + plan + "', 'status': 'active', 'plan_change': 'immediate_difference'}")
                        .is(200);
                customer.bring(balance);
            }
        },
        DOWNGRADE_AT_THE_RENEWAL {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, "ultra").bring(balance);
                customer.subscribe("{'plan': '" + plan + "', 'status': 'active', 'plan_effective': 'renewal'}")
                        .is(200);
            }
        },
        RESUBSCRIPTION {
            @Override
            void go(Customer customer, String plan, String balance) {
                subscribe(customer, plan).bring(balance);
                customer.subscribe("{'plan': '" + plan + "', 'status': 'canceled'}")
                        .is(200);
                subscribe(customer, plan);
            }
        };

        abstract void go(Customer customer, String plan, String balance);

        static Customer subscribe(Customer customer, String plan) {
            customer.subscribe("{'plan': '" + plan + "', 'status': 'active'}").is(200);
            return customer;
        }

        static void advance(Customer customer, String to) {
            Customer.post(customer.path("/test-clock/advance"), "{'to': '" + to + "'}")
                    .is(200);
        }
    }

    static Stream<Arguments> figuresByWays() {
        return Arrays.stream(Way.values())
                .flatMap(way ->
                        Arrays.stream(FIGURES).map(figure -> Arguments.of(way, figure[0], figure[1], figure[2])));
    }

    @ParameterizedTest(name = "{0}: {1} at {2} gets {3}")
    @MethodSource("figuresByWays")
    void theCapsFiguresHoldWhateverTheWay(Way way, String plan, String balance, String granted) {
        Customer.put("/v1/plans/" + SMALL, "{'name': 'Small', 'monthly_credits': 10}");
        Customer customer = Customer.onTestClock("2027-01-10T00:00:00Z");
        way.go(customer, plan, balance);
        assertThat(customer.balance().all("balance", "next_grant/amount")).isEqualTo(balance + " " + granted);

        Way.advance(customer, "2027-02-10T00:00:00Z");

        assertThat(customer.renewals().all("data/0/balance_before", "data/0/granted", "data/0/plan"))
                .isEqualTo(balance + " " + granted + " " + plan);
        assertThat(customer.balance().at("balance"))
                .isEqualTo(Credits.parse(balance).plus(Credits.parse(granted)).toString());
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }
}
