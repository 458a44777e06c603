// Runs the model that ModelReader makes of a Declarative Pipeline. Compiled to continuations like the Jenkinsfile itself.

def runPipeline(Map model) {
    Throwable firstError = null
    boolean postRun = false
    try {
        if (model.needsEnvironment) {
            withVariables(model.environment, 0, { declare(model) })
        } else {
            declare(model)
        }
        inAgent(model, model, {
            withVariables(model.environment, 0, {
                withTools(model.tools)
                inOptions(model.options, 0, {
                    firstError = sequence(model, model.stages, null)
                    postRun = true
                    firstError = postOfPipeline(model, firstError)
                    if (firstError != null) {
                        throw firstError
                    }
                })
            })
        })
    } catch (Throwable e) {
        firstError = firstError ?: e
    }
    if (!postRun) {
        firstError = postOfPipeline(model, firstError)
    }
    if (firstError != null) {
        throw firstError
    }
}

def declare(Map model) {
    support.durability(values((model.options ?: []).findAll { it.name == 'durabilityHint' }))
    support.begin(values(model.triggers))
    support.parameters(values(model.parameters))
}

def values(List directives) {
    def found = []
    for (each in (directives ?: [])) {
        found << support.described(each.name, each.args.call())
    }
    return found
}

def sequence(Map root, List stages, String skipped) {
    Throwable firstError = null
    for (each in stages) {
        try {
            oneStage(root, each, firstError, skipped)
        } catch (Throwable e) {
            firstError = firstError ?: e
        }
    }
    return firstError
}

def oneStage(Map root, Map model, Throwable earlier, String skipped) {
    stage(model.name) {
        String why = skipped
        if (why == null && earlier != null) {
            why = 'due to earlier failure(s)'
        }
        if (why == null && support.skipsUnstable(root.options)) {
            why = 'due to earlier stage(s) marking the build as unstable'
        }
        if (why != null) {
            skip(root, model, why)
        } else {
            runStage(root, model)
        }
        if (earlier != null) {
            throw earlier
        }
    }
}

def skip(Map root, Map model, String why) {
    support.say("Stage \"${model.name}\" skipped ${why}")
    if (model.stages != null) {
        sequence(root, model.stages, why)
    }
    if (model.parallel != null || model.matrix != null) {
        parallel(branches(root, model, why))
    }
}

def runStage(Map root, Map model) {
    if (model.axes != null) {
        withEnv(model.axes) { runPart(root, model) }
    } else {
        runPart(root, model)
    }
}

def runPart(Map root, Map model) {
    def when = model.when
    boolean run = true
    boolean decided = when == null
    if (!decided && when.beforeOptions) {
        decided = true
        run = holds(when.conditions)
    }
    if (run) {
        inOptions(model.options, 0, {
            if (!decided && when.beforeInput) {
                decided = true
                run = holds(when.conditions)
            }
            if (run) {
                ask(model.input, {
                    if (!decided && (when.beforeAgent || model.parallel != null || model.matrix != null)) {
                        decided = true
                        run = holds(when.conditions)
                    }
                    if (run) {
                        inAgent(root, model, {
                            if (!decided) {
                                run = holds(when.conditions)
                            }
                            if (run) {
                                withVariables(model.environment, 0, {
                                    withTools(model.tools)
                                    bodyAndPost(root, model)
                                })
                            }
                        })
                    }
                })
            }
        })
    }
    if (!run) {
        skip(root, model, 'due to when conditional')
    }
}

def bodyAndPost(Map root, Map model) {
    Throwable error = null
    try {
        if (model.stages != null) {
            error = sequence(root, model.stages, null)
        } else if (model.parallel != null || model.matrix != null) {
            sideBySide(root, model)
        } else {
            model.steps.call()
        }
    } catch (Throwable e) {
        error = e
    }
    if (model.post != null && support.anyHolds(model.post, error, support.stage())) {
        support.say('Post stage')
    }
    error = postConditions(model.post, error, support.stage())
    if (error != null) {
        throw error
    }
}

def sideBySide(Map root, Map model) {
    def all = branches(root, model, null)
    if (model.failFast || support.alwaysFailsFast(root.options)) {
        all.failFast = true
    }
    parallel(all)
}

def branches(Map root, Map model, String skipped) {
    def all = [:]
    for (each in stagesBeside(model)) {
        def branch = each
        all[branch.name] = { oneStage(root, branch, null, skipped) }
    }
    return all
}

def stagesBeside(Map model) {
    if (model.matrix == null) {
        return model.parallel
    }
    def cells = []
    for (each in support.cells(model.matrix.axes, model.matrix.excludes)) {
        cells << model.matrix.cell + each
    }
    return cells
}

def withTools(List tools) {
    for (each in (tools ?: [])) {
        support.passed("the tool ${each.type} '${each.name.call()}' is stubbed: nothing is installed, and PATH stays as it is")
    }
}

def holds(List conditions) {
    for (each in conditions) {
        if (!one(each)) {
            return false
        }
    }
    return true
}

def one(Map condition) {
    if (condition.kind == 'expression') {
        return condition.body.call() ? true : false
    }
    if (condition.kind == 'not') {
        return !holds(condition.children)
    }
    if (condition.kind == 'allOf') {
        return holds(condition.children)
    }
    if (condition.kind == 'anyOf') {
        for (each in condition.children) {
            if (one(each)) {
                return true
            }
        }
        return false
    }
    return support.holds(condition.kind, condition.args.call())
}

def ask(Map input, Closure body) {
    if (input == null) {
        body.call()
        return
    }
    def asked = [:]
    for (name in ['message', 'id', 'ok', 'submitter', 'submitterParameter']) {
        if (input[name] != null) {
            asked[name] = input[name].call()
        }
    }
    asked.parameters = values(input.parameters)
    def answered = invokeMethod('input', [asked] as Object[])
    withEnv(support.inputVariables(asked, answered), body)
}

def inAgent(Map root, Map model, Closure body) {
    def agent = model.agent
    if (agent == null || agent.kind == 'none') {
        body.call()
        return
    }
    if (agent.stubbed != null) {
        support.passed("the agent ${agent.stubbed} is stubbed: this runs on the rehearsal's own node")
    }
    node {
        if (agent.customWorkspace != null) {
            ws(agent.customWorkspace.call()) { checkedOut(root, model, body) }
        } else {
            checkedOut(root, model, body)
        }
    }
}

def checkedOut(Map root, Map model, Closure body) {
    if (!support.checksOut(evaluated(root.options), evaluated(model.options))) {
        body.call()
        return
    }
    def told = null
    def into = support.subdirectory(evaluated(root.options))
    stage('Declarative: Checkout SCM') {
        if (into == null) {
            told = invokeMethod('checkout', [support.scm()] as Object[])
        } else {
            dir(into) { told = invokeMethod('checkout', [support.scm()] as Object[]) }
        }
    }
    withEnv(support.told(told), body)
}

def evaluated(List options) {
    def all = []
    for (each in (options ?: [])) {
        if (each.name == 'skipDefaultCheckout' || each.name == 'checkoutToSubdirectory') {
            def arguments = each.args.call()
            all << [name: each.name, value: arguments.isEmpty() ? true : arguments[0]]
        }
    }
    return all
}

def withVariables(List variables, int from, Closure body) {
    if (variables == null || from >= variables.size()) {
        body.call()
        return
    }
    def each = variables[from]
    def value = invokeMethod(support.leniently(), [each.value] as Object[])
    withEnv(support.variables(each.name, value)) {
        withVariables(variables, from + 1, body)
    }
}

def inOptions(List options, int from, Closure body) {
    if (options == null || from >= options.size()) {
        body.call()
        return
    }
    def each = options[from]
    def arguments = each.args.call()
    if (support.wraps(each.name)) {
        def all = arguments + [{ inOptions(options, from + 1, body) }]
        invokeMethod(each.name, all as Object[])
    } else {
        inOptions(options, from + 1, body)
    }
}

def postOfPipeline(Map model, Throwable error) {
    if (model.post == null || !support.anyHolds(model.post, error, null)) {
        return error
    }
    Throwable first = error
    stage('Post Actions') {
        first = postConditions(model.post, error, null)
    }
    return first
}

def postConditions(Map post, Throwable error, Object mark) {
    Throwable first = error
    if (post == null) {
        return first
    }
    for (name in support.conditionOrder()) {
        if (post[name] != null && support.condition(name, first, mark)) {
            def before = support.enterPost(first, mark)
            try {
                post[name].call()
            } catch (Throwable e) {
                support.say("Error when executing ${name} post condition: " + support.words(e))
                first = first ?: e
            }
            support.leavePost(before)
        }
    }
    return first
}
