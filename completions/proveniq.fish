# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_proveniq_global_optspecs
    string join \n format= json color= q/quiet v/verbose no-input y/yes profile= marketplace= C= h/help V/version
end

function __fish_proveniq_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_proveniq_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_proveniq_using_subcommand
    set -l cmd (__fish_proveniq_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c proveniq -n "__fish_proveniq_needs_command" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_needs_command" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_needs_command" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_needs_command" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_needs_command" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_needs_command" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_needs_command" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_needs_command" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_needs_command" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_needs_command" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_needs_command" -s V -l version -d 'Print version'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "demo" -d 'Run the whole loop against an embedded marketplace, in one go'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "init" -d 'Scaffold an integration from a template'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "template" -d 'Look at the templates'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "login" -d 'Sign in as a person'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "logout" -d 'Revoke your sign-in and forget it here'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "whoami" -d 'Tell who you are at the marketplace, and what you may do'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "keys" -d 'Create, list, rotate and revoke API keys'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "sandbox" -d 'Run the marketplace on this machine'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "dev" -d 'Run marketplace and integration, deliver live events to it, start it anew on each change'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "test-webhook" -d 'Send signed and forged events to an integration and judge its answers'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "listen" -d 'Receive deliveries on this machine, pass them on, keep them, send them again, explain them'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "certify" -d 'Check an integration against the rules of a tier'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "scan" -d 'Search files, what is staged, or git\'s history for secrets'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "advisories" -d 'Fetch advisories on dependencies, for certify'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "pack" -d 'Build the package that publish would send'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "publish" -d 'Certify, pack and send a version to the marketplace'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "status" -d 'Tell where a published version stands, or wait until it is decided on'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "yank" -d 'Take a version back: who has it keeps it, and nobody installs it anew'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "unyank" -d 'Give a version again that was taken back'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "deprecate" -d 'Say of a version that it should be left for another'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "review" -d 'Decide on versions that claim more than listed, as a reviewer of the marketplace'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "verify" -d 'Verify what is said of a package: who signed it, what it rests on'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "search" -d 'Search the marketplace'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "info" -d 'Show an integration of the marketplace'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "install" -d 'Install an integration, after showing what it asks for'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "uninstall" -d 'End an installation and all access that came with it'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "logs" -d 'Verify and show the marketplace\'s logs'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "serve" -d 'Run the marketplace for many users, who sign in with GitHub or Google'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "doctor" -d 'Tell what is installed, which marketplace and credential store are in use, and what is wrong'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "man" -d 'Print the manual page, or write one for each command'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "openapi" -d 'Print the marketplace\'s OpenAPI document'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "supervise" -d 'Run a command and end it, and all that it started, when standard input closes'
complete -c proveniq -n "__fish_proveniq_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l keep -d 'Leave the project, the package and the marketplace\'s data in this new folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l template -d 'Template to start from [default: webhook-typescript with Node, else webhook-python]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand demo" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l template -d 'Template to start from: see `proveniq template list`' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l name -d 'Name as publisher/name' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l category -d 'Marketplace category' -r -f -a "policy-admin\t''
claims-management\t''
document-management\t''
analytics-bi\t''
communication\t''
compliance\t''"
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l title -d 'Title shown in the marketplace [default: made from the name]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l summary -d 'One sentence shown in search results [default: made from title and category]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l support-email -d 'Address at which users get support [default: git\'s user.email]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l no-git -d 'Do not make a git repository'
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand init" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'List the templates'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Show a template and the files that it writes'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the templates'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a template and the files that it writes'
complete -c proveniq -n "__fish_proveniq_using_subcommand template; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l scope -d 'What the sign-in may do, repeatable [default: everything]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l timeout -d 'Time that you have in the browser' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l store -d 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'A file that only you can read (0600), not encrypted'
age\t'A file that age encrypts with a passphrase [env: PROVENIQ_STORE_PASSPHRASE]'"
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l device -d 'Show a code to type into a browser elsewhere [default: where there is no display]'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l browser -d 'Open a browser here, also where there seems to be no display'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l with-token -d 'Read an API key or an access token from standard input'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand login" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -l local -d 'Forget it here without asking the marketplace to revoke it'
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand logout" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "create" -d 'Create a key, store it and use it from now on'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "list" -d 'List your keys and where each is stored; warn of those that end soon or that nothing uses'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "audit" -d 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "use" -d 'Use a stored key from now on'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "import" -d 'Store a key that was created elsewhere, read from standard input'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "rotate" -d 'Put a fresh key in the place of a key: both work until the grace period is over'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "show" -d 'Show a key'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "revoke" -d 'Revoke a key at once and forget it here'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "scan-hook" -d 'Search what is staged for secrets, as a git pre-commit hook'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and not __fish_seen_subcommand_from create list audit use import rotate show revoke scan-hook help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l name -d 'Name that tells you later what the key is for' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l scope -d 'What the key may do, repeatable [default: all that you may do]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l expires -d 'Lifetime, such as 90d, 12h or 30m [default: no end]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l publisher -d 'Publisher that it signs for [default: the one of the project in this folder]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l store -d 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'A file that only you can read (0600), not encrypted'
age\t'A file that age encrypts with a passphrase [env: PROVENIQ_STORE_PASSPHRASE]'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l signing -d 'Make a key that attestations are signed with instead; its secret half never leaves this machine'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -l local -d 'List what is stored on this machine, without asking a marketplace'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l name -d 'Name to store it under' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l store -d 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'A file that only you can read (0600), not encrypted'
age\t'A file that age encrypts with a passphrase [env: PROVENIQ_STORE_PASSPHRASE]'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l grace -d 'How long the old one still works, such as 24h, 7d or 0s' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l to -d 'Where to hand the fresh one over to, repeatable: github-actions[:NAME], gitlab[:NAME], vault:PATH[#FIELD], aws-secretsmanager:ID, kubernetes:NAMESPACE/SECRET/KEY, command:CMD, stdout, env-file:PATH[#NAME]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l store -d 'Store a key here that is not stored yet, such as the one in PROVENIQ_API_KEY' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'A file that only you can read (0600), not encrypted'
age\t'A file that age encrypts with a passphrase [env: PROVENIQ_STORE_PASSPHRASE]'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l timeout -d 'Seconds that each program has to take the fresh one, 1 to 600' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l max-age -d 'Age at which a rotation is due; one is due near the end of a key\'s life too' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l webhook -d 'Rotate the secret that deliveries are signed with instead; meanwhile they carry both signatures'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l replace -d 'Give up a rotation that was begun elsewhere and will not go on; what it made is revoked'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l resume -d 'Finish the rotation that was cut off here'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l abort -d 'Take the rotation back that was cut off here: the old one stays'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l check -d 'Only tell whether a rotation is due: exit 1 where it is'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -l reveal -d 'Print its secret, alone on standard output; asks before'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l publisher -d 'Publisher that it signs for [default: the one of the project in this folder]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l signing -d 'Revoke a key that attestations are signed with'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l install -d 'Write the hook into this repository'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l force -d 'Replace another\'s hook'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l uninstall -d 'Remove the hook from this repository'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from scan-hook" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a key, store it and use it from now on'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "list" -d 'List your keys and where each is stored; warn of those that end soon or that nothing uses'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "use" -d 'Use a stored key from now on'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "import" -d 'Store a key that was created elsewhere, read from standard input'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Put a fresh key in the place of a key: both work until the grace period is over'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a key'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke a key at once and forget it here'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "scan-hook" -d 'Search what is staged for secrets, as a git pre-commit hook'
complete -c proveniq -n "__fish_proveniq_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -f -a "start" -d 'Start it, in the foreground unless --detach is given'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -f -a "stop" -d 'Stop it'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -f -a "status" -d 'Tell whether it runs, and where'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -f -a "reset" -d 'Stop it and delete everything in it'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -f -a "emit" -d 'Add events to its log, from where `listen` receives them'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and not __fish_seen_subcommand_from start stop status reset emit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l port -d 'Port to listen on; 0 takes a free one [default: the one used last, else 7464]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l host -d 'Address to listen on; anything but loopback lets others in' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l leak-reporter -d 'Take reports of leaked keys that verify with this ECDSA P-256 public key (PEM), repeatable' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l access-token-lifetime -d 'Life of the access tokens that it gives out, 1s to 24h, to try renewal with [default: 15m]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l detach -d 'Run in the background'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l leave-session -d 'Leave the terminal\'s session: how --detach starts it'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -l sign-in-code -d 'Print only the code with which a person signs in to it in a browser'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l data -d 'The payload\'s data as JSON, from @FILE or - for standard input [default: a sample]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l body -d 'The whole body, delivered byte for byte, from @FILE or - for standard input' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l set -d 'Change a field of the payload, repeatable: data.subject.id=CLM-1' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l count -d 'Events to add, 1 to 10000' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l seed -d 'Seed of the samples, to repeat them [default: a fresh one, told in the outcome]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from emit" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "start" -d 'Start it, in the foreground unless --detach is given'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "stop" -d 'Stop it'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "status" -d 'Tell whether it runs, and where'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "reset" -d 'Stop it and delete everything in it'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "emit" -d 'Add events to its log, from where `listen` receives them'
complete -c proveniq -n "__fish_proveniq_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l port -d 'Port of the integration [default: a free one, the same for the whole session]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l ready-timeout -d 'Seconds to wait until the integration is ready, 1 to 600' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l no-build -d 'Start without building first'
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand dev" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l suite -d 'Suite to run, repeatable [default: delivery, signature and robustness]' -r -f -a "delivery\t'Genuine deliveries of every type and shape'
signature\t'Forged, tampered, stale and oddly signed deliveries'
replay\t'Duplicates, and what they do'
robustness\t'Input and connections that no marketplace would send on purpose'
upstream\t'Faults of the systems that the integration calls'
all\t'Every suite'"
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l case -d 'Case to run, repeatable' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l event -d 'Event type to send, repeatable; without --suite or --case it is sent once and nothing else' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l data -d 'Payload to send instead of samples: @FILE, or - for standard input' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l set -d 'Change a field of the payload, repeatable: data.subject.id=CLM-1' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l count -d 'How often to send, 1 to 10000' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l scheme -d 'How the endpoint\'s deliveries are signed' -r -f -a "standard\t'Standard Webhooks'
stripe\t'Stripe-Signature'
github\t'X-Hub-Signature-256'
shopify\t'X-Shopify-Hmac-SHA256'
slack\t'X-Slack-Signature'"
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l secret-env -d 'Environment variable that holds the endpoint\'s signing secret [default: PROVENIQ_WEBHOOK_SECRET]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l seed -d 'Seed of payloads, ids and faults, to repeat a run [default: a fresh one, told in the report]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l report -d 'Also write a report, repeatable: json=FILE, ndjson=FILE or junit=FILE' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l timeout -d 'Seconds to wait for an answer, 1 to 120' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l ready-timeout -d 'Seconds to wait until the integration is ready, 1 to 600' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l rate -d 'Deliveries a second to send, whether or not earlier ones were answered' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l duration -d 'Time in which deliveries are sent, such as 500ms, 10s or 2m' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l connections -d 'Connections to send over, 1 to 1024; each carries one delivery at a time' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l gate -d 'What must hold: a percentile (p50, p90, p95, p99, p99.9, max) below a latency, such as p95<500ms' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l body-size -d 'Size of each body in bytes, up to 1 MiB; white space fills it up [default: as large as the sample]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l retry-schedule -d 'Show when a delivery would be tried again, in virtual time: svix or standard' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l answers -d 'How the endpoint answers, the last answer again and again: such as 503,429:retry-after=120,timeout,reset,200' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l list-cases -d 'List every case there is here, and send nothing'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l no-validate -d 'Send data that its schema refuses'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l asymmetric -d 'Sign with ed25519 (v1a) instead of HMAC (v1)'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l watch -d 'Run again on each change of the project'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l no-build -d 'Start without building first'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l saturate -d 'Find the highest rate that keeps the gate'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand test-webhook" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l forward-to -d 'Endpoint that deliveries are passed on to, byte for byte [default: they are shown only]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l event -d 'Event type to take, repeatable [default: all]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l since -d 'Begin behind this position of the log [default: receive what comes from now on]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l capture -d 'Keep every exchange in this SQLite file, which only you can read' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l limit -d 'End after so many deliveries; exit 1 where one of them was not accepted' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l timeout -d 'Seconds to wait for an answer of the endpoint, 1 to 120' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l give-up-after -d 'Seconds without a connection after which it ends with exit code 4, 1 to 86400' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l ui-port -d 'Port of the web page; 0 takes a free one' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l port -d 'Port of the local endpoint; 0 takes a free one' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l answer -d 'Status that the local endpoint answers [default: what the endpoint behind it answers, else 200]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l allow-host -d 'Name of this machine, such as a tunnel\'s, under which the local endpoint may be asked for, repeatable' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l from-beginning -d 'Begin with the first event of the log'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l resume -d 'Go on behind the last delivery of this marketplace in the capture'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l ui -d 'Show deliveries on a web page of this machine, whose address is printed once'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l plain -d 'On a terminal, write one line for each delivery in place of the view'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l local -d 'Be an endpoint on this machine that takes anything, without a marketplace'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -f -a "replay" -d 'Send a captured exchange again'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -f -a "explain" -d 'Say why a signature does not verify'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -f -a "secret" -d 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and not __fish_seen_subcommand_from replay explain secret help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l capture -d 'File that holds it' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l to -d 'Endpoint to send it to [default: where it went before]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l body -d 'Send this body in place of the captured one; needs --resign' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l secret-env -d 'Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace\'s]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l timeout -d 'Seconds to wait for an answer, 1 to 120' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l resign -d 'Sign afresh: same id, the time of now'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from replay" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l capture -d 'File that holds the exchange' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l secret-env -d 'Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace\'s]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l received-at -d 'When the request was received, as RFC 3339 [default: as told in the capture or the JSON]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l window -d 'Seconds before and behind the timestamp that are searched for the one that was signed, 0 to 604800' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -l env-file -d 'Set PROVENIQ_WEBHOOK_SECRET in this file, which only you can read, and print nothing secret' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from secret" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from help" -f -a "replay" -d 'Send a captured exchange again'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Say why a signature does not verify'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from help" -f -a "secret" -d 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file'
complete -c proveniq -n "__fish_proveniq_using_subcommand listen; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l tier -d 'Tier to check for' -r -f -a "listed\t'Basic functionality, no review'
verified\t'Code review and security scan'
premier\t'Full audit and SLA commitment'"
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l report -d 'Write a report, repeatable: human, json, sarif, junit or github, to FILE or alone to stdout' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l explain -d 'Say what a check proves, what it looks at and how to mend it; without an ID, list all' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l import-sarif -d 'Take the SARIF report of another scanner in, repeatable: its errors fail, its warnings warn' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l baseline -d 'Leave out findings that FILE holds, so that what is new stands out; no tier is reached with them' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l write-baseline -d 'Record what is found in FILE, as a baseline' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l check -d 'Run the integration for this check alone; may be given several times. Others that need it are then not run' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l seed -d 'Seed of what is sent to the integration, to repeat a run; a fresh one by default' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l rule-set -d 'Rules to check by [default: the newest of this program]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l attest -d 'Write what was found of the package as a signed attestation' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l osv-db -d 'Folder or zip of OSV advisories to look dependencies up in [default: what `advisories update` fetched]' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l endpoint -d 'Address at which the integration is deployed, to look at its TLS, repeatable' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l static -d 'Only the checks that need no running integration; the others are then not run'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l history -d 'Search all that git\'s history holds of the project for secrets too'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l no-build -d 'Start what the package holds as it is, without building first'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand certify" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l staged -d 'Search what is staged and would be committed, as a git pre-commit hook'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l history -d 'Search all that git\'s history holds, and name the commit'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l ignored -d 'Search what git ignores too'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand scan" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -f -a "update" -d 'Fetch the advisories that `certify` looks dependencies up in'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and not __fish_seen_subcommand_from update help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l from -d 'Where the archives are; {ecosystem} stands for npm, PyPI and crates.io [default: the public OSV archives]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l ecosystem -d 'Only this one, repeatable' -r -f -a "npm\t'JavaScript and TypeScript'
pypi\t'Python'
cargo\t'Rust'"
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from help" -f -a "update" -d 'Fetch the advisories that `certify` looks dependencies up in'
complete -c proveniq -n "__fish_proveniq_using_subcommand advisories; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l out -d 'File to write [default: NAME-VERSION.tar.zst in the project]' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l list -d 'List the files that would be packed, and write nothing'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l allow-dirty -d 'Pack although files differ from the last commit'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand pack" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l tier -d 'Tier to publish as; more than listed needs a signing key, and awaits a reviewer\'s approval [default: listed]' -r -f -a "listed\t'Basic functionality, no review'
verified\t'Code review and security scan'
premier\t'Full audit and SLA commitment'"
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l attestation -d 'Publish with an attestation that `certify --attest` wrote of this very package, and run nothing again' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l timeout -d 'Longest wait, up to 24h' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l osv-db -d 'Folder or zip of OSV advisories to look dependencies up in [default: what `advisories update` fetched]' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l endpoint -d 'Address at which the integration is deployed, to look at its TLS, repeatable' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l dry-run -d 'Check and show what would be sent; change nothing'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l allow-dirty -d 'Publish although files differ from the last commit'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l no-build -d 'Start what the package holds as it is, without building first'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l wait -d 'Follow the version until it is decided on: exit code 0 for active, 1 for rejected, 6 when the time is over'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand publish" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l timeout -d 'Longest wait, up to 24h' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l wait -d 'Follow the version until it is decided on: exit code 0 for active, 1 for rejected, 6 when the time is over'
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand status" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -l reason -d 'Why, for those who use it' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand yank" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand unyank" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l message -d 'Why, and which to take, for those who use it' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l undo -d 'Say so no longer'
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand deprecate" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -f -a "list" -d 'List the versions that await a review, the one that waits longest first'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -f -a "show" -d 'Show what is claimed of a version, and what that rests on'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -f -a "approve" -d 'Grant the tier that a version claims'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -f -a "reject" -d 'Refuse a version'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and not __fish_seen_subcommand_from list show approve reject help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -l limit -d 'Versions to show, 1 to 1000' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -l digest -d 'Digest of the package that was reviewed [default: of the one that is shown]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l reason -d 'Why, for its publisher; repeatable' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l digest -d 'Digest of the package that was reviewed [default: of the one that is shown]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the versions that await a review, the one that waits longest first'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what is claimed of a version, and what that rests on'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Grant the tier that a version claims'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Refuse a version'
complete -c proveniq -n "__fish_proveniq_using_subcommand review; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l attestation -d 'What is said of it: an attestation, a countersignature, or a receipt [default: the receipt that publish kept, else what the marketplace tells]' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l key -d 'Public key (PEM) that must have signed it [default: the keys that the marketplace knows]' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l out -d 'Leave the package of NAME@VERSION in this file, where it verifies' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand verify" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l category -d 'Only this category' -r -f -a "policy-admin\t''
claims-management\t''
document-management\t''
analytics-bi\t''
communication\t''
compliance\t''"
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l limit -d 'Results to show, 1 to 100' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand search" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand info" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l settings -d 'Settings as a JSON object, from @FILE or - for standard input' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l set -d 'One setting, repeatable: region=north; what is no JSON is text' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand install" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand uninstall" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l limit -d 'Entries to show' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l audit -d 'Verify the audit log and show its latest entries'
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand logs" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -l config -d 'Configuration: where it listens, its public address, its data, how people sign in' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand serve" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand completions" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -l out -d 'Write a page for each command into this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand man" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand openapi" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -l input -d 'Bytes of standard input that the command is to read' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -l format -d 'How to print the outcome' -r -f -a "human\t'Text for people'
json\t'One JSON document'"
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that takes it'
always\t'Always'
never\t'Never'"
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -l profile -d 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -l marketplace -d 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]' -r
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -s C -d 'Work in this folder' -r -F
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -l json -d 'Print the outcome as one JSON document: short for --format json'
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -s q -l quiet -d 'Print outcomes and errors only'
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -s v -l verbose -d 'Tell more on the way'
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -l no-input -d 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -s y -l yes -d 'Answer yes to every confirmation, and ask nothing else'
complete -c proveniq -n "__fish_proveniq_using_subcommand supervise" -s h -l help -d 'Print help'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "demo" -d 'Run the whole loop against an embedded marketplace, in one go'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "init" -d 'Scaffold an integration from a template'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "template" -d 'Look at the templates'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "login" -d 'Sign in as a person'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "logout" -d 'Revoke your sign-in and forget it here'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "whoami" -d 'Tell who you are at the marketplace, and what you may do'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "keys" -d 'Create, list, rotate and revoke API keys'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "sandbox" -d 'Run the marketplace on this machine'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "dev" -d 'Run marketplace and integration, deliver live events to it, start it anew on each change'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "test-webhook" -d 'Send signed and forged events to an integration and judge its answers'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "listen" -d 'Receive deliveries on this machine, pass them on, keep them, send them again, explain them'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "certify" -d 'Check an integration against the rules of a tier'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "scan" -d 'Search files, what is staged, or git\'s history for secrets'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "advisories" -d 'Fetch advisories on dependencies, for certify'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "pack" -d 'Build the package that publish would send'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "publish" -d 'Certify, pack and send a version to the marketplace'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "status" -d 'Tell where a published version stands, or wait until it is decided on'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "yank" -d 'Take a version back: who has it keeps it, and nobody installs it anew'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "unyank" -d 'Give a version again that was taken back'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "deprecate" -d 'Say of a version that it should be left for another'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "review" -d 'Decide on versions that claim more than listed, as a reviewer of the marketplace'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "verify" -d 'Verify what is said of a package: who signed it, what it rests on'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "search" -d 'Search the marketplace'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "info" -d 'Show an integration of the marketplace'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "install" -d 'Install an integration, after showing what it asks for'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "uninstall" -d 'End an installation and all access that came with it'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "logs" -d 'Verify and show the marketplace\'s logs'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "serve" -d 'Run the marketplace for many users, who sign in with GitHub or Google'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "doctor" -d 'Tell what is installed, which marketplace and credential store are in use, and what is wrong'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "man" -d 'Print the manual page, or write one for each command'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "openapi" -d 'Print the marketplace\'s OpenAPI document'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "supervise" -d 'Run a command and end it, and all that it started, when standard input closes'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and not __fish_seen_subcommand_from demo init template login logout whoami keys sandbox dev test-webhook listen certify scan advisories pack publish status yank unyank deprecate review verify search info install uninstall logs serve doctor completions man openapi supervise help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from template" -f -a "list" -d 'List the templates'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from template" -f -a "show" -d 'Show a template and the files that it writes'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "create" -d 'Create a key, store it and use it from now on'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "list" -d 'List your keys and where each is stored; warn of those that end soon or that nothing uses'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "audit" -d 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "use" -d 'Use a stored key from now on'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "import" -d 'Store a key that was created elsewhere, read from standard input'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "rotate" -d 'Put a fresh key in the place of a key: both work until the grace period is over'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "show" -d 'Show a key'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "revoke" -d 'Revoke a key at once and forget it here'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "scan-hook" -d 'Search what is staged for secrets, as a git pre-commit hook'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "start" -d 'Start it, in the foreground unless --detach is given'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "stop" -d 'Stop it'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "status" -d 'Tell whether it runs, and where'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "reset" -d 'Stop it and delete everything in it'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "emit" -d 'Add events to its log, from where `listen` receives them'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from listen" -f -a "replay" -d 'Send a captured exchange again'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from listen" -f -a "explain" -d 'Say why a signature does not verify'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from listen" -f -a "secret" -d 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from advisories" -f -a "update" -d 'Fetch the advisories that `certify` looks dependencies up in'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from review" -f -a "list" -d 'List the versions that await a review, the one that waits longest first'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from review" -f -a "show" -d 'Show what is claimed of a version, and what that rests on'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from review" -f -a "approve" -d 'Grant the tier that a version claims'
complete -c proveniq -n "__fish_proveniq_using_subcommand help; and __fish_seen_subcommand_from review" -f -a "reject" -d 'Refuse a version'
