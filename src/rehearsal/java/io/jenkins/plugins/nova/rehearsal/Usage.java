package io.jenkins.plugins.nova.rehearsal;

/** How to call the rehearsal. */
final class Usage {
    static final String TEXT = """
            Runs a Jenkinsfile without a controller:

              java -jar nova-rehearsal.jar [JENKINSFILE] [-Dname=value …]
              mvn -q -Prehearse [-Djenkinsfile=JENKINSFILE] [-Dname=value …]

            Without a JENKINSFILE it is the example host-maintenance.Jenkinsfile.

              -Dparams=A=x,B=y         the build's parameters; \\, is a comma inside a value
              -Danswer=proceed|abort   answers every input; without it the terminal is asked, and with nobody
                                       at one the answer is proceed on the simulated cloud, none on a real one
              -Danswer.NAME=…          answers the input of that id or message: proceed, abort, or the values of
                                       its parameters as JSON, {"HOST": "compute2"}
              -Dbranch=NAME            the branch in a multibranch job: BRANCH_NAME, and when { branch … }
              -Dcheckout=DIR           what checkout and git copy to the workspace; a Declarative agent begins with it
              -Dcloud=env              the cloud of OS_CLOUD, or of OS_AUTH_URL and its family; default: a simulated one
              -Dcloud=rack             a simulated cloud of 12 hosts in an aggregate rack7, for rolls
              -Dcloud=FILE             a simulated cloud after a file, such as the snapshot of a real one (below)
              -Dspeed=max|N            how fast the simulated cloud's time passes; default: max with rack or a file, else 1
              -Dkill=90,20m,2h         the controller is killed so long after the beginning, and comes up again
              -Dclouds=NAME:CREDENTIAL[,…]  the names that the Jenkinsfile may have for it; default: all that it uses
              -Dlibrary=DIR            the folder of a shared library; NAME=DIR[,NAME=DIR] for several
              -Dsh=run|show            whether sh really runs; default: show on the simulated cloud, run on a real one
              -Dsandbox=off            the script itself may use files, processes, connections; they are real
              -Dstub=name[,name]       steps, global variables, options, agents and tools of other plugins that are
                                       let pass without doing anything; blocks run
              -Dstub.NAME=value        what a step returns, instead of doing anything: a text or JSON; of sh what it
                                       writes, or {"stdout": "…", "status": 1, "seconds": 60}
              -Dworkspace=DIR          default target/rehearsal
              -Dcredential.ID=text     what withCredentials finds; better the variable CREDENTIAL_ID,
                                       which no process list shows. user:password where both are asked for

              java -jar nova-rehearsal.jar snapshot [--cloud NAME] [--hash-names] [--weeks N] > lab.json

            writes the file of a real cloud, that of OS_CLOUD, of OS_AUTH_URL or of a name in clouds.yaml; it only reads.

            Exit status: 0 SUCCESS, 1 FAILURE, 2 UNSTABLE, 3 ABORTED, 4 not runnable: the Jenkinsfile is not
            valid, or needs something that the rehearsal does not have.
            """;

    private Usage() {}
}
