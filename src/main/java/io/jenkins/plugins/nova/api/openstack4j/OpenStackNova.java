package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.Aggregate;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.MicroversionRange;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.Receipt;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.ServerMigration;
import java.util.List;
import java.util.Set;

/** {@link Nova} over openstack4j. An instance may be used by several threads. */
public final class OpenStackNova implements Nova {

    private OpenStackNova() {}

    /** Prepares a session; nothing is sent until the first call. */
    public static OpenStackNova connect(CloudEndpoint endpoint, Login login, Transport transport) {
        return new OpenStackNova();
    }

    @Override
    public Identity identity() {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public MicroversionRange microversions() {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<Server> serversOn(String host) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<Server> serversNamed(String name) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Server server(String id) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public boolean seesAllProjects() {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<ComputeService> computeServices() {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public void disableService(String serviceId, String reason) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public void enableService(String serviceId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public void forceDown(String serviceId, boolean down) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<Hypervisor> hypervisors() {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Receipt liveMigrate(String serverId, String targetHost, BlockMigration blockMigration) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Receipt abortMigration(String serverId, long migrationId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Receipt forceComplete(String serverId, long migrationId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Receipt migrate(String serverId, String targetHost) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Receipt confirmResize(String serverId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Receipt revertResize(String serverId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Receipt evacuate(String serverId, String targetHost) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<Migration> migrations(MigrationQuery query) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<ServerMigration> serverMigrations(String serverId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<InstanceAction> actions(String serverId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public InstanceAction action(String serverId, String requestId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<ServerGroup> serverGroups() {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<Aggregate> aggregates() {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public Flavor flavor(String flavorId) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public AllocationCandidates allocationCandidates(Resources resources, Set<String> requiredTraits) {
        throw new UnsupportedOperationException("under construction");
    }
}
