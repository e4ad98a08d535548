package ai.mavster.credits.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places<Guest> places = new Places<>(4, 3);

    /** A connection that is what a test makes of it. */
    private static final class Guest implements Places.Holder {

        private final String network;
        private boolean busy;
        private boolean hadRequest;
        private boolean used;

        Guest(String network) {
            this.network = network;
        }

        @Override
        public String network() {
            return network;
        }

        @Override
        public boolean isBusy() {
            return busy;
        }

        @Override
        public boolean hadRequest() {
            return hadRequest;
        }

        @Override
        public boolean wasUsed() {
            boolean was = used;
            used = false;
            return was;
        }

        Guest busy() {
            busy = true;
            return used();
        }

        Guest used() {
            hadRequest = true;
            used = true;
            return this;
        }
    }

    private Guest enter(Guest guest) {
        assertThat(places.enter(guest)).isEqualTo(new Places.Answer<>(true, null));
        return guest;
    }

    private Guest enter(String network) {
        return enter(new Guest(network));
    }

    @Test
    void theOldestGivesWay() {
        Guest oldest = enter("a");
        Guest second = enter("b");
        enter("c");
        enter("d");

        assertThat(places.enter(new Guest("e")).givesWay()).isSameAs(oldest);
        assertThat(places.enter(new Guest("f")).givesWay()).isSameAs(second);
        assertThat(places.taken()).isEqualTo(4);
    }

    @Test
    void ofOneNetworkItsOwnGiveWay() {
        enter("other");
        Guest oldest = enter("a");
        enter("a");
        enter("a");

        assertThat(places.enter(new Guest("a")).givesWay()).isSameAs(oldest);
        assertThat(places.taken()).isEqualTo(4);
    }

    @Test
    void whoIsBusyStays() {
        enter(new Guest("a").busy());
        Guest idle = enter("b");
        enter(new Guest("c").busy());
        enter(new Guest("d").busy());

        assertThat(places.enter(new Guest("e").busy()).givesWay()).isSameAs(idle);
        assertThat(places.enter(new Guest("f")).admitted()).isFalse();
        assertThat(places.taken()).isEqualTo(4);
        assertThat(places.networks()).isEqualTo(4);
    }

    @Test
    void whoWasUsedGivesWayLater() {
        Guest oldest = enter(new Guest("a").used());
        Guest usedAgain = enter(new Guest("b").used());
        enter(new Guest("c").used());
        Guest newest = enter("d");
        assertThat(places.enter(new Guest("e").used()).givesWay()).isSameAs(newest);
        assertThat(places.enter(new Guest("f").used()).givesWay()).isSameAs(oldest);
        // All have been looked at by now.
        usedAgain.used();

        assertThat(places.enter(new Guest("g")).givesWay()).isNotSameAs(usedAgain);
    }

    /** However many come: who sends nothing gives way to others who send nothing, and to nobody else. */
    @Test
    void whoNeverHadARequestGivesWayFirst() {
        Guest used = enter(new Guest("a").used());
        enter("a");
        enter("b");
        enter("c");
        for (int i = 0; i < 20; i++) {
            assertThat(places.enter(new Guest(i % 2 == 0 ? "a" : "d")).givesWay())
                    .isNotNull()
                    .isNotSameAs(used);
        }

        assertThat(places.taken()).isEqualTo(4);
    }

    @Test
    void allCanGiveWayThoughAllWereUsed() {
        for (String network : new String[] {"a", "b", "c", "d"}) {
            enter(new Guest(network).used());
        }

        assertThat(places.enter(new Guest("e")).admitted()).isTrue();
        assertThat(places.taken()).isEqualTo(4);
    }

    /** However many were used: it is not looked at all of them. */
    @Test
    void thereIsRoomAmongMany() {
        Places<Guest> many = new Places<>(5_000, 5_000);
        for (int i = 0; i < 5_000; i++) {
            many.enter(new Guest("a").used());
        }

        assertThat(many.enter(new Guest("a")).admitted()).isTrue();
        assertThat(many.taken()).isEqualTo(5_000);
    }

    @Test
    void whoLeavesMakesRoom() {
        Guest first = enter("a");
        enter("a");
        enter("a");
        places.leave(first);
        places.leave(first);

        enter("a");
        assertThat(places.taken()).isEqualTo(3);
        assertThat(places.networks()).isEqualTo(1);
    }

    @Test
    void theLastOfANetworkMayGiveWayToItsOwn() {
        Places<Guest> one = new Places<>(1, 1);
        Guest first = new Guest("a");
        assertThat(one.enter(first).admitted()).isTrue();

        assertThat(one.enter(new Guest("a")).givesWay()).isSameAs(first);
        assertThat(one.taken()).isEqualTo(1);
        assertThat(one.networks()).isEqualTo(1);
    }

    @Test
    void aNetworkIsAnAddressOrTheFirstHalfOfOne() {
        assertThat(Network.of("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(Network.of("2001:db8:1:2:3:4:5:6"))
                .isEqualTo(Network.of("2001:db8:1:2:ffff::1"))
                .isNotEqualTo(Network.of("2001:db8:1:3:3:4:5:6"));
        assertThat(Network.of("unknown")).isEqualTo("unknown");
    }

    @Test
    void otherFilesAreLeftRoom() {
        assertThat(ConnectionSettings.atMost(40_000, Integer.MAX_VALUE)).isEqualTo(40_000);
        assertThat(ConnectionSettings.atMost(40_000, 20_000)).isEqualTo(19_000);
        assertThat(ConnectionSettings.atMost(40_000, 1_024)).isEqualTo(768);
        assertThat(ConnectionSettings.atMost(500, 1_024)).isEqualTo(500);
    }
}
