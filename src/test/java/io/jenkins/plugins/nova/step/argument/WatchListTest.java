package io.jenkins.plugins.nova.step.argument;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.GStringImpl;
import org.junit.Test;

/** What pipelines and forms give as watch. */
public class WatchListTest {

    private static final String ID = "aaaaaaaa-0000-4000-8000-00000000000a";

    private static Map<String, GuestAddress> read(Object given) throws AbortException {
        return WatchList.read(given).guests();
    }

    @Test
    public void aMapAndTheTextOfAFormAreTheSame() throws Exception {
        Map<String, GuestAddress> two =
                Map.of("db1", new GuestAddress("10.0.0.5", 5432), "web 1", new GuestAddress("2001:db8::5", 80));
        assertEquals(two, read(Map.of("db1", "tcp://10.0.0.5:5432", "web 1", "tcp://[2001:db8::5]:80")));
        assertEquals(two, read("db1=tcp://10.0.0.5:5432, web 1 = tcp://[2001:db8::5]:80"));
        assertEquals(two, read("db1=tcp://10.0.0.5:5432\nweb 1=tcp://[2001:db8::5]:80\n"));
        Object gString = new GStringImpl(new Object[] {5432}, new String[] {"tcp://10.0.0.5:", ""});
        assertEquals(Map.of("db1", two.get("db1")), read(Map.of("db1", gString)));
        assertEquals(
                "ids in small letters",
                Map.of(ID, two.get("db1")),
                read(Map.of(ID.toUpperCase(), "tcp://10.0.0.5:5432")));
    }

    @Test
    public void nothingIsNobody() throws Exception {
        for (Object none : new Object[] {null, "", "  ", Map.of()}) {
            assertEquals(GuestOrder.NONE, WatchList.read(none));
        }
    }

    @Test
    public void whatWillNotDoIsToldWithTheWayOut() {
        String address = "tcp://10.0.0.5:5432";
        Map<Object, String> bad = new LinkedHashMap<>();
        bad.put(List.of("db1"), "watch: '[db1]' will not do; give a map of servers");
        bad.put(5, "watch: '5' will not do; give a map");
        bad.put("db1", "watch: 'db1' will not do; give a map of servers");
        bad.put(Map.of("db1", "10.0.0.5"), "watch['db1']: '10.0.0.5' will not do; give tcp://HOST:PORT");
        bad.put(Map.of("db1", "tcp://10.0.0.5:70000"), "watch['db1']: 'tcp://10.0.0.5:70000' will not do; its port");
        bad.put(Map.of("db1", List.of(address)), "watch['db1']: '[tcp://10.0.0.5:5432]' will not do; give tcp:");
        bad.put(Collections.singletonMap("db1", null), "watch['db1']: 'null' will not do; give tcp:");
        bad.put(Map.of(" ", address), "is to name a server");
        bad.put(Map.of("*", address), "watch: '*' will not do; name the servers one by one");
        bad.put("db1=" + address + ",db1=tcp://10.0.0.6:1", "watch: 'db1' will not do; name each server once");
        bad.put(Map.of(ID, address, ID.toUpperCase(), "tcp://10.0.0.6:1"), "name each server once");
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("db1", address);
        shared.put("db2", address);
        bad.put(shared, "watch: '" + address + "' will not do; it is given for db1 and for db2");
        for (String own : List.of(
                "tcp://127.0.0.1:22",
                "tcp://[::1]:22",
                "tcp://169.254.169.254:80",
                "tcp://[fe80::1]:22",
                "tcp://0.0.0.0:22",
                "tcp://224.0.0.1:22",
                "tcp://[2001:db8::5::6]:22")) {
            bad.put(Map.of("db1", own), "watch['db1']: '" + own + "' will not do; it is no address that a guest has");
        }
        bad.forEach((given, why) -> {
            String told = assertThrows("" + given, AbortException.class, () -> WatchList.read(given))
                    .getMessage();
            assertTrue(given + ": " + told, told.contains(why));
        });
    }

    @Test
    public void nobodyMeansAThousand() {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i <= 1000; i++) {
            many.put("db" + i, "tcp://10.0." + i / 250 + "." + i % 250 + ":22");
        }
        String told =
                assertThrows(AbortException.class, () -> WatchList.read(many)).getMessage();
        assertTrue(told, told.contains("'1001 entries' will not do; give 1000 at most"));
    }
}
