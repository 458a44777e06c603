// A step of one's own for a shared library: drainedHost(host: 'compute1') { … } empties the host, asks before it goes on, and runs
// the block. Put it into vars/ of the library; the pipelines of a site then share one way of asking.
def call(Map settings, Closure work) {
    def planned = nodeEvacuate host: settings.host, cloud: settings.cloud, confirm: 'auto', dryRun: true
    def blocked = planned.servers.findAll { it.outcome == 'BLOCKED' }
    if (blocked) {
        error "${settings.host} cannot be emptied: ${blocked.collect { "${it.name} (${it.reason})" }.join(', ')}"
    }
    if (settings.ask != false) {
        input message: "Empty ${settings.host}? ${planned.servers.size()} servers, plan ${planned.planHash}", ok: 'Empty it'
    }
    def drained = nodeEvacuate host: settings.host, cloud: settings.cloud, plan: planned.planHash, confirm: 'auto'
    work()
    return drained
}
