package io.jenkins.plugins.nova.rehearsal.declarative;

import io.jenkins.plugins.nova.rehearsal.engine.JenkinsfileCompiler;
import io.jenkins.plugins.nova.rehearsal.engine.Needs;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Collects what is wrong with a pipeline, each with its line; compilation ends with all of it. */
final class Complaints {
    private final SourceUnit source;
    private final Needs needs;

    Complaints(SourceUnit source, Needs needs) {
        this.source = source;
        this.needs = needs;
    }

    /** What a controller may have and the rehearsal has not, and what may be let pass by its name. */
    void need(ASTNode where, String name, String what) {
        needs.add(name, JenkinsfileCompiler.NAME + ": line " + where.getLineNumber() + ": " + what);
    }

    void add(ASTNode where, String what) {
        source.getErrorCollector()
                .addErrorAndContinue(new SyntaxErrorMessage(
                        new SyntaxException(what, where.getLineNumber(), where.getColumnNumber()), source));
    }
}
