package io.jenkins.plugins.nova.drain.guest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.Test;

/** How an address of a guest is written. */
public class GuestAddressTest {

    @Test
    public void whatIsAnAddressIsReadAndWrittenAlike() {
        for (String good : List.of(
                "tcp://10.0.0.5:5432",
                "tcp://255.255.255.255:1",
                "tcp://db1.example.com:65535",
                "tcp://db_1:22",
                "tcp://[2001:db8::5]:5432",
                "tcp://[::ffff:10.0.0.5]:80")) {
            assertEquals(good, GuestAddress.parse(good).toString());
        }
        assertEquals(new GuestAddress("2001:db8::5", 22), GuestAddress.parse("tcp://[2001:db8::5]:22"));
    }

    @Test
    public void whatIsNoneTellsTheWayOut() {
        Map<String, List<String>> bad = Map.of(
                "give tcp://HOST:PORT",
                List.of(
                        "",
                        "db1",
                        "10.0.0.5:5432",
                        "http://10.0.0.5:80",
                        "tcp://10.0.0.5",
                        "tcp://10.0.0.5:",
                        "tcp://10.0.0.5:ssh",
                        "tcp://:5432",
                        "tcp://user@10.0.0.5:22",
                        "tcp://10.0.0.5:22/",
                        "tcp://2001:db8::5:22",
                        "tcp://[fe80::1%eth0]:22",
                        "tcp://-a:22",
                        "tcp://a b:22",
                        "tcp://10.0.0.5:-1"),
                "its port is to be from 1 to 65535",
                List.of("tcp://10.0.0.5:0", "tcp://10.0.0.5:65536", "tcp://db1:999999999"),
                "four numbers from 0 to 255",
                List.of("tcp://10.0.0.256:22", "tcp://10.0.0:22", "tcp://10:22", "tcp://1.2.3.4.5:22"));
        bad.forEach((why, texts) -> texts.forEach(text -> {
            String told = assertThrows(text, IllegalArgumentException.class, () -> GuestAddress.parse(text))
                    .getMessage();
            assertTrue(text + ": " + told, told.contains(why));
        }));
    }
}
