package ai.mavster.credits.budget;

import ai.mavster.credits.ledger.Fact;

/** A budget was set or deleted: more may pass than before. */
record BudgetChanged(BudgetKey key) implements Fact {
    @Override
    public boolean mayFreeCredits() {
        return true;
    }
}
