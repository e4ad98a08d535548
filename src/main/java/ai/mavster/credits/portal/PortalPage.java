package ai.mavster.credits.portal;

/** A page of the billing page, which is found by being a bean. */
public interface PortalPage {

    void register(Portal portal);
}
