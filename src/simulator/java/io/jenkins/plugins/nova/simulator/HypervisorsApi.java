package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** os-hypervisors and os-hypervisors/detail. */
final class HypervisorsApi {
    private final World world;
    private final Scheduler scheduler;
    private final int maxLimit;

    HypervisorsApi(World world, Scheduler scheduler, int maxLimit) {
        this.world = world;
        this.scheduler = scheduler;
        this.maxLimit = maxLimit;
    }

    Answer answer(Call call, List<String> path) {
        boolean detail = path.size() == 2 && path.get(1).equals("detail");
        if (!call.request().is("GET") || path.size() > 1 && !detail) {
            return null;
        }
        if (call.atLeast(33)) {
            Queries.known(
                    call,
                    33,
                    call.atLeast(53)
                            ? Set.of("limit", "marker", "hypervisor_hostname_pattern", "with_servers")
                            : Set.of("limit", "marker"));
        }
        call.needAdmin("os_compute_api:os-hypervisors:" + (detail ? "list-detail" : "list"));
        if (!world.deadCells.isEmpty()) {
            // nova/compute/api.py, compute_node_get_all: cell by cell, and none may be missing
            throw ApiError.unexpected("oslo_db.exception.DBConnectionError");
        }
        List<SimHost> hosts = new ArrayList<>(world.hosts.values());
        String pattern = call.request().param("hypervisor_hostname_pattern");
        if (pattern != null && call.atLeast(53)) {
            hosts.removeIf(h -> !h.hostname.contains(pattern));
            if (hosts.isEmpty()) {
                throw ApiError.notFound("No hypervisor matching '" + pattern + "' could be found.");
            }
        }
        Queries.Page<SimHost> page = call.atLeast(33)
                ? Queries.page(
                        call,
                        detail ? "/os-hypervisors/detail" : "/os-hypervisors",
                        hosts,
                        h -> call.atLeast(53) ? h.hypervisorId : Integer.toString(h.number),
                        Queries.limit(call, maxLimit),
                        "marker [" + call.request().param("marker") + "] not found")
                : new Queries.Page<>(hosts, null);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode hypervisors = body.putArray("hypervisors");
        page.items().forEach(host -> hypervisor(call, hypervisors.addObject(), host, detail));
        if (page.next() != null) {
            body.putArray("hypervisors_links").addObject().put("rel", "next").put("href", page.next());
        }
        return Answer.json(200, body);
    }

    private void hypervisor(Call call, ObjectNode json, SimHost host, boolean detail) {
        if (call.atLeast(53)) {
            json.put("id", host.hypervisorId);
        } else {
            json.put("id", host.number);
        }
        json.put("hypervisor_hostname", host.hostname)
                .put("state", host.up(world.now()) ? "up" : "down")
                .put("status", host.enabled ? "enabled" : "disabled");
        if (call.atLeast(53) && "true".equalsIgnoreCase(call.request().param("with_servers"))) {
            ArrayNode servers = json.putArray("servers");
            world.serversOn(host.name)
                    .forEach(s -> servers.addObject().put("name", s.name).put("uuid", s.id));
        }
        if (!detail) {
            return;
        }
        json.put("hypervisor_type", host.hypervisorType)
                .put("hypervisor_version", host.hypervisorVersion)
                .put("host_ip", "192.0.2." + host.number);
        ObjectNode service = json.putObject("service");
        if (call.atLeast(53)) {
            service.put("id", host.serviceId);
        } else {
            service.put("id", 2 + host.number);
        }
        service.put("host", host.name).put("disabled_reason", host.disabledReason);
        if (call.atLeast(88)) {
            json.putNull("uptime");
            return;
        }
        figures(json, host);
        ObjectNode cpu = JsonNodeFactory.instance.objectNode();
        cpu.put("arch", "x86_64").put("model", host.cpuModel).put("vendor", "Intel");
        cpu.putArray("features").add("pge").add("clflush");
        cpu.putObject("topology").put("cores", host.vcpus / 2).put("threads", 2).put("sockets", 1);
        if (call.atLeast(28)) {
            json.set("cpu_info", cpu);
        } else {
            json.put("cpu_info", cpu.toString());
        }
    }

    private void figures(ObjectNode json, SimHost host) {
        long memory = scheduler.used(host, "MEMORY_MB") + host.reservedMiB;
        long disk = scheduler.used(host, "DISK_GB");
        json.put("vcpus", host.vcpus)
                .put("memory_mb", host.memoryMiB)
                .put("local_gb", host.diskGiB)
                .put("vcpus_used", scheduler.used(host, "VCPU") + scheduler.used(host, "PCPU"))
                .put("memory_mb_used", memory)
                .put("local_gb_used", disk)
                .put("free_ram_mb", host.memoryMiB - memory)
                .put("free_disk_gb", host.diskGiB - disk)
                .put("current_workload", 0)
                .put("running_vms", world.serversOn(host.name).size())
                .put("disk_available_least", host.diskGiB - disk);
    }
}
