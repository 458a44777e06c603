package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Finds what is of other plugins before anything runs, in whole: a rehearsal on a real cloud must not stop half way because
 * of a mail step. It also finds the shared libraries that a script asks for.
 */
public final class UnknownSteps extends CompilationCustomizer {
    private final Known known;
    private final Needs needs;
    private final Scripts scripts;

    /** What there is. */
    public interface Known {
        /** Whether it can be called without a receiver, as a step or a symbol. */
        boolean isCalled(String name);

        /** Whether the operator lets pass what has that name. */
        boolean isStubbed(String name);

        /** Why a step that there is cannot do its work as things stand, and what may be done; null if it can. */
        String hindrance(String step);
    }

    /**
     * @param known what there is
     * @param needs told of what there is not
     * @param scripts told of the names and libraries that a script mentions
     */
    public UnknownSteps(Known known, Needs needs, Scripts scripts) {
        super(CompilePhase.CONVERSION);
        this.known = known;
        this.needs = needs;
        this.scripts = scripts;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        ModuleNode module = source.getAST();
        boolean first = type.equals(module.getClasses().get(0));
        if (first) {
            Set<String> own = new HashSet<>(OwnNames.of(module));
            Lookout lookout = new Lookout(source, own, known, needs, scripts);
            Stream.of(
                            module.getImports(),
                            module.getStarImports(),
                            module.getStaticImports().values(),
                            module.getStaticStarImports().values())
                    .flatMap(Collection::stream)
                    .forEach(lookout::libraries);
            module.getClasses().forEach(lookout::visitClass);
            if (Place.shown(source.getName()).equals(JenkinsfileCompiler.NAME)) {
                refuseEmpty(source, module);
                scripts.asksForNoMore();
            }
            lookout.knowsLibraries();
            module.getClasses().forEach(lookout::visitClass);
        }
    }

    private static void refuseEmpty(SourceUnit source, ModuleNode module) {
        boolean nothing = module.getStatementBlock().getStatements().stream()
                        .allMatch(statement -> statement == ReturnStatement.RETURN_NULL_OR_VOID)
                && module.getMethods().isEmpty()
                && module.getClasses().stream().allMatch(ClassNode::isScript);
        if (nothing) {
            source.getErrorCollector()
                    .addErrorAndContinue(new SyntaxErrorMessage(
                            new SyntaxException(
                                    "there is nothing in it that does anything; a controller would do that, and end as SUCCESS",
                                    1,
                                    1),
                            source));
        }
    }

    /** The texts of an annotation's or a call's argument: one, or a list of them. */
    static Stream<String> texts(Expression expression) {
        Stream<Expression> all =
                expression instanceof ListExpression list ? list.getExpressions().stream() : Stream.of(expression);
        return all.filter(ConstantExpression.class::isInstance)
                .map(each -> ((ConstantExpression) each).getValue())
                .filter(Objects::nonNull)
                .map(Object::toString);
    }
}
