package ai.mavster.credits.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Which account comes next: drawn beforehand, the same in each run, and gone through again and again. */
final class Draw {

    private static final int LENGTH = 1 << 17;

    private final int[] drawn;
    private int at;

    private Draw(int[] drawn) {
        this.drawn = drawn;
    }

    static Draw always(int account) {
        return new Draw(new int[] {account});
    }

    static Draw of(List<Integer> accounts) {
        return new Draw(accounts.stream().mapToInt(Integer::intValue).toArray());
    }

    static Draw inOrder(int size) {
        int[] drawn = new int[size];
        Arrays.setAll(drawn, i -> i);
        return new Draw(drawn);
    }

    static Draw uniform(int size) {
        return new Draw(new Random(1).ints(LENGTH, 0, size).toArray());
    }

    /** Each account half as often as the one of half its rank: a tenth of all goes to the first, of ten thousand. */
    static Draw zipf(int size) {
        double[] cumulative = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += 1.0 / (i + 1);
            cumulative[i] = sum;
        }
        Random random = new Random(1);
        int[] drawn = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            drawn[i] = Math.min(found < 0 ? -found - 1 : found, size - 1);
        }
        return new Draw(drawn);
    }

    int next() {
        int account = drawn[at];
        at = at + 1 == drawn.length ? 0 : at + 1;
        return account;
    }
}
