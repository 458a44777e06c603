package io.jenkins.plugins.nova.rehearsal.declarative;

import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Collects what is wrong with a pipeline, each with its line; compilation ends with all of it. */
final class Complaints {
    private final SourceUnit source;

    Complaints(SourceUnit source) {
        this.source = source;
    }

    void add(ASTNode where, String what) {
        source.getErrorCollector()
                .addErrorAndContinue(new SyntaxErrorMessage(
                        new SyntaxException(what, where.getLineNumber(), where.getColumnNumber()), source));
    }
}
