"""neutron_agents.py REPORTING ARGUMENT...: the L3, DHCP and Open vSwitch agents of the hosts in the file REPORTING, a line each, HOST MODE.

The file's copy REPORTING.seen tells that nobody else reports any more.

To Neutron's server they are agents: they report and ask for what they have to serve by Neutron's own RPC clients, as the real ones do
(neutron/agent/l3/agent.py, neutron/agent/dhcp/agent.py), and answer what it tells them: it waits up to two minutes for an L3 agent's
answer that a router was given to it (neutron/api/rpc/agentnotifiers/l3_rpc_agent_api.py). They carry nothing; keepalived's part in HA
routers is played here: such a router is active on one of the agents that are told to serve it, and stays where it is while that one is.
"""
import sys
import time

from neutron.agent import rpc as agent_rpc
from neutron.agent.dhcp.agent import DhcpPluginApi
from neutron.agent.l3.agent import L3PluginApi
from neutron.common import config
from neutron.conf.agent import common as agent_conf
from neutron_lib import constants
from neutron_lib import context
from neutron_lib import rpc
from neutron_lib.agent import topics
from oslo_config import cfg
from oslo_log import log
import oslo_messaging

LOG = log.getLogger(__name__)
LOOK = .5   # seconds between looks at the file


class Ear:
    """Hears all that the server says to an agent; the next round asks what has come of it."""

    target = oslo_messaging.Target(version='1.99')

    def __getattr__(self, name):
        if name.startswith(('_', 'oslo_')):
            raise AttributeError(name)
        return lambda *_, **__: None


class Host:
    """The agents of one host."""

    def __init__(self, name):
        self.name = name
        self.mode = None
        self.reports = agent_rpc.PluginReportStateAPI(topics.REPORTS)
        self.l3 = L3PluginApi(topics.L3PLUGIN, name)
        self.dhcp = DhcpPluginApi(topics.PLUGIN, name)
        self.started = set()
        self.routers = []
        self.networks = []
        self.ears = [oslo_messaging.get_rpc_server(
            rpc.TRANSPORT, oslo_messaging.Target(topic=topic, server=name), [Ear()], executor='threading',
            serializer=rpc.RequestContextSerializer()) for topic in (topics.L3_AGENT, topics.DHCP_AGENT)]
        for ear in self.ears:
            ear.start()

    def report(self, agent_type, binary, topic, configurations):
        state = {'binary': binary, 'host': self.name, 'availability_zone': 'nova', 'topic': topic,
                 'agent_type': agent_type, 'configurations': configurations}
        if agent_type not in self.started:
            state['start_flag'] = True
        self.reports.report_state(context.get_admin_context_without_session(), state, True)
        self.started.add(agent_type)

    def work(self):
        """What each agent does every few seconds."""
        self.report(constants.AGENT_TYPE_OVS, constants.AGENT_PROCESS_OVS, constants.L2_AGENT_TOPIC, {
            'bridge_mappings': {}, 'tunnel_types': ['vxlan'], 'tunneling_ip': '127.0.0.1', 'l2_population': False,
            'datapath_type': 'system', 'enable_distributed_routing': False})
        self.report(constants.AGENT_TYPE_L3, constants.AGENT_PROCESS_L3, topics.L3_AGENT, {
            'agent_mode': self.mode, 'handle_internal_only_routers': True, 'routers': len(self.routers)})
        self.report(constants.AGENT_TYPE_DHCP, constants.AGENT_PROCESS_DHCP, topics.DHCP_AGENT, {
            'dhcp_driver': 'neutron.agent.linux.dhcp.Dnsmasq', 'networks': len(self.networks)})
        self.routers = self.l3.get_routers(context.get_admin_context_without_session())
        self.networks = self.dhcp.get_active_networks_info(enable_dhcp_filter=False)


class Keepalived:
    """Where each HA router is active; told to the server when that changes."""

    def __init__(self):
        self.met = set()
        self.active = {}
        self.told = {}

    def elect(self, hosts):
        serving = {}
        for host in hosts:
            for router in host.routers:
                if router.get('ha'):
                    serving.setdefault(router['id'], []).append(host)
        # one that is new may have come while the agents asked, and some of them know of it only in the next round
        met, self.met = self.met, set(serving)
        serving = {router: able for router, able in serving.items() if router in met}
        for router, able in serving.items():
            if self.active.get(router) not in [host.name for host in able]:
                self.active[router] = able[0].name
        self.active = {router: self.active[router] for router in serving}
        for host in hosts:
            states = {router: 'active' if self.active[router] == host.name else 'standby'
                      for router, able in serving.items() if host in able}
            if states != self.told.get(host.name):
                host.l3.update_ha_routers_states(context.get_admin_context_without_session(), states)
                self.told[host.name] = states


def wanted(path):
    with open(path) as lines:
        return lines.read()


def run(path):
    keepalived = Keepalived()
    known = {}   # also those that are silent: to begin to hear takes a second
    hosts = []
    seen = None
    due = 0
    while True:
        now = wanted(path)
        if now != seen:
            hosts = []
            for line in now.splitlines():
                name, mode = line.split()
                known[name] = known.get(name) or Host(name)
                known[name].mode = mode
                hosts.append(known[name])
            keepalived.told.clear()
            seen = now
            with open(path + '.seen', 'w') as copy:
                copy.write(seen)
            due = 0
        if time.monotonic() >= due:
            due = time.monotonic() + cfg.CONF.AGENT.report_interval
            try:
                for host in hosts:
                    host.work()
                keepalived.elect(hosts)
            except oslo_messaging.MessagingException as e:   # the server is starting, or busy
                LOG.warning('not answered: %s', e)
                due = 0
        time.sleep(LOOK)


config.register_common_config_options()
agent_conf.register_agent_state_opts_helper(cfg.CONF)
config.init(sys.argv[2:])
config.setup_logging()
run(sys.argv[1])
