package ai.mavster.credits.model;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import java.util.SplittableRandom;

/** Makes up the end of some accounts, in the midst of whatever is asked of them, and that it is asked for again. */
final class RandomClosing {

    private final SplittableRandom random;
    private final ReferenceAccount account;
    private final RandomWords words;
    private final boolean ends;

    RandomClosing(SplittableRandom random, ReferenceAccount account, RandomWords words) {
        this.random = random;
        this.account = account;
        this.words = words;
        this.ends = random.nextInt(3) == 0;
    }

    boolean isDue() {
        return ends && random.nextInt(account.closing.isOver() ? 8 : 25) == 0;
    }

    RandomSteps.Step<AccountView> step() {
        Command.Close close = new Command.Close(account.accountId, random.nextInt(3) == 0, words.author());
        return new RandomSteps.Step<>(
                close, now -> account.closing.close(close, now), (view, replayed, grants) -> "closed");
    }
}
