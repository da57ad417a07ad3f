
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'proveniq' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'proveniq'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'proveniq' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Run the whole loop against an embedded marketplace, in one go')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Scaffold an integration from a template')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'Look at the templates')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in as a person')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Revoke your sign-in and forget it here')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Tell who you are at the marketplace, and what you may do')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Create, list, rotate and revoke API keys')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run the marketplace on this machine')
            [CompletionResult]::new('dev', 'dev', [CompletionResultType]::ParameterValue, 'Run marketplace and integration, deliver live events to it, start it anew on each change')
            [CompletionResult]::new('test-webhook', 'test-webhook', [CompletionResultType]::ParameterValue, 'Send signed and forged events to an integration and judge its answers')
            [CompletionResult]::new('listen', 'listen', [CompletionResultType]::ParameterValue, 'Receive deliveries on this machine, pass them on, keep them, send them again, explain them')
            [CompletionResult]::new('certify', 'certify', [CompletionResultType]::ParameterValue, 'Check an integration against the rules of a tier')
            [CompletionResult]::new('scan', 'scan', [CompletionResultType]::ParameterValue, 'Search files, what is staged, or git''s history for secrets')
            [CompletionResult]::new('advisories', 'advisories', [CompletionResultType]::ParameterValue, 'Fetch advisories on dependencies, for certify')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Build the package that publish would send')
            [CompletionResult]::new('publish', 'publish', [CompletionResultType]::ParameterValue, 'Certify, pack and send a version to the marketplace')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell where a published version stands, or wait until it is decided on')
            [CompletionResult]::new('yank', 'yank', [CompletionResultType]::ParameterValue, 'Take a version back: who has it keeps it, and nobody installs it anew')
            [CompletionResult]::new('unyank', 'unyank', [CompletionResultType]::ParameterValue, 'Give a version again that was taken back')
            [CompletionResult]::new('deprecate', 'deprecate', [CompletionResultType]::ParameterValue, 'Say of a version that it should be left for another')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Decide on versions that claim more than listed, as a reviewer of the marketplace')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify what is said of a package: who signed it, what it rests on')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Search the marketplace')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show an integration of the marketplace')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Install an integration, after showing what it asks for')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'End an installation and all access that came with it')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Verify and show the marketplace''s logs')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run the marketplace for many users, who sign in with GitHub or Google')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Tell what is installed, which marketplace and credential store are in use, and what is wrong')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write one for each command')
            [CompletionResult]::new('openapi', 'openapi', [CompletionResultType]::ParameterValue, 'Print the marketplace''s OpenAPI document')
            [CompletionResult]::new('supervise', 'supervise', [CompletionResultType]::ParameterValue, 'Run a command and end it, and all that it started, when standard input closes')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;demo' {
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Leave the project, the package and the marketplace''s data in this new folder')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Template to start from [default: webhook-typescript with Node, else webhook-python]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;init' {
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Template to start from: see `proveniq template list`')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name as publisher/name')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Marketplace category')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Title shown in the marketplace [default: made from the name]')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'One sentence shown in search results [default: made from title and category]')
            [CompletionResult]::new('--support-email', '--support-email', [CompletionResultType]::ParameterName, 'Address at which users get support [default: git''s user.email]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--no-git', '--no-git', [CompletionResultType]::ParameterName, 'Do not make a git repository')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;template' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the templates')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a template and the files that it writes')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;template;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;template;show' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;template;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the templates')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a template and the files that it writes')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;template;help;list' {
            break
        }
        'proveniq;template;help;show' {
            break
        }
        'proveniq;template;help;help' {
            break
        }
        'proveniq;login' {
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What the sign-in may do, repeatable [default: everything]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time that you have in the browser')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Show a code to type into a browser elsewhere [default: where there is no display]')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Open a browser here, also where there seems to be no display')
            [CompletionResult]::new('--with-token', '--with-token', [CompletionResultType]::ParameterName, 'Read an API key or an access token from standard input')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;logout' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Forget it here without asking the marketplace to revoke it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;whoami' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a key, store it and use it from now on')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your keys and where each is stored; warn of those that end soon or that nothing uses')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Use a stored key from now on')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Store a key that was created elsewhere, read from standard input')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Put a fresh key in the place of a key: both work until the grace period is over')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a key')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a key at once and forget it here')
            [CompletionResult]::new('scan-hook', 'scan-hook', [CompletionResultType]::ParameterValue, 'Search what is staged for secrets, as a git pre-commit hook')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;keys;create' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name that tells you later what the key is for')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What the key may do, repeatable [default: all that you may do]')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'Lifetime, such as 90d, 12h or 30m [default: no end]')
            [CompletionResult]::new('--publisher', '--publisher', [CompletionResultType]::ParameterName, 'Publisher that it signs for [default: the one of the project in this folder]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--signing', '--signing', [CompletionResultType]::ParameterName, 'Make a key that attestations are signed with instead; its secret half never leaves this machine')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'List what is stored on this machine, without asking a marketplace')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;audit' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;use' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;import' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name to store it under')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;rotate' {
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long the old one still works, such as 24h, 7d or 0s')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Where to hand the fresh one over to, repeatable: github-actions[:NAME], gitlab[:NAME], vault:PATH[#FIELD], aws-secretsmanager:ID, kubernetes:NAMESPACE/SECRET/KEY, command:CMD, stdout, env-file:PATH[#NAME]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Store a key here that is not stored yet, such as the one in PROVENIQ_API_KEY')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds that each program has to take the fresh one, 1 to 600')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Age at which a rotation is due; one is due near the end of a key''s life too')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Rotate the secret that deliveries are signed with instead; meanwhile they carry both signatures')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Give up a rotation that was begun elsewhere and will not go on; what it made is revoked')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Finish the rotation that was cut off here')
            [CompletionResult]::new('--abort', '--abort', [CompletionResultType]::ParameterName, 'Take the rotation back that was cut off here: the old one stays')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Only tell whether a rotation is due: exit 1 where it is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;show' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Print its secret, alone on standard output; asks before')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;revoke' {
            [CompletionResult]::new('--publisher', '--publisher', [CompletionResultType]::ParameterName, 'Publisher that it signs for [default: the one of the project in this folder]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--signing', '--signing', [CompletionResultType]::ParameterName, 'Revoke a key that attestations are signed with')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;scan-hook' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--install', '--install', [CompletionResultType]::ParameterName, 'Write the hook into this repository')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace another''s hook')
            [CompletionResult]::new('--uninstall', '--uninstall', [CompletionResultType]::ParameterName, 'Remove the hook from this repository')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;keys;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a key, store it and use it from now on')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your keys and where each is stored; warn of those that end soon or that nothing uses')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Use a stored key from now on')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Store a key that was created elsewhere, read from standard input')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Put a fresh key in the place of a key: both work until the grace period is over')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a key')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a key at once and forget it here')
            [CompletionResult]::new('scan-hook', 'scan-hook', [CompletionResultType]::ParameterValue, 'Search what is staged for secrets, as a git pre-commit hook')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;keys;help;create' {
            break
        }
        'proveniq;keys;help;list' {
            break
        }
        'proveniq;keys;help;audit' {
            break
        }
        'proveniq;keys;help;use' {
            break
        }
        'proveniq;keys;help;import' {
            break
        }
        'proveniq;keys;help;rotate' {
            break
        }
        'proveniq;keys;help;show' {
            break
        }
        'proveniq;keys;help;revoke' {
            break
        }
        'proveniq;keys;help;scan-hook' {
            break
        }
        'proveniq;keys;help;help' {
            break
        }
        'proveniq;sandbox' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start it, in the foreground unless --detach is given')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell whether it runs, and where')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Stop it and delete everything in it')
            [CompletionResult]::new('emit', 'emit', [CompletionResultType]::ParameterValue, 'Add events to its log, from where `listen` receives them')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;sandbox;start' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port to listen on; 0 takes a free one [default: the one used last, else 7464]')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Address to listen on; anything but loopback lets others in')
            [CompletionResult]::new('--leak-reporter', '--leak-reporter', [CompletionResultType]::ParameterName, 'Take reports of leaked keys that verify with this ECDSA P-256 public key (PEM), repeatable')
            [CompletionResult]::new('--access-token-lifetime', '--access-token-lifetime', [CompletionResultType]::ParameterName, 'Life of the access tokens that it gives out, 1s to 24h, to try renewal with [default: 15m]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--detach', '--detach', [CompletionResultType]::ParameterName, 'Run in the background')
            [CompletionResult]::new('--leave-session', '--leave-session', [CompletionResultType]::ParameterName, 'Leave the terminal''s session: how --detach starts it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;sandbox;stop' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;sandbox;status' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--sign-in-code', '--sign-in-code', [CompletionResultType]::ParameterName, 'Print only the code with which a person signs in to it in a browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;sandbox;reset' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;sandbox;emit' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'The payload''s data as JSON, from @FILE or - for standard input [default: a sample]')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'The whole body, delivered byte for byte, from @FILE or - for standard input')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a field of the payload, repeatable: data.subject.id=CLM-1')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Events to add, 1 to 10000')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of the samples, to repeat them [default: a fresh one, told in the outcome]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;sandbox;help' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start it, in the foreground unless --detach is given')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell whether it runs, and where')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Stop it and delete everything in it')
            [CompletionResult]::new('emit', 'emit', [CompletionResultType]::ParameterValue, 'Add events to its log, from where `listen` receives them')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;sandbox;help;start' {
            break
        }
        'proveniq;sandbox;help;stop' {
            break
        }
        'proveniq;sandbox;help;status' {
            break
        }
        'proveniq;sandbox;help;reset' {
            break
        }
        'proveniq;sandbox;help;emit' {
            break
        }
        'proveniq;sandbox;help;help' {
            break
        }
        'proveniq;dev' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port of the integration [default: a free one, the same for the whole session]')
            [CompletionResult]::new('--ready-timeout', '--ready-timeout', [CompletionResultType]::ParameterName, 'Seconds to wait until the integration is ready, 1 to 600')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--no-build', '--no-build', [CompletionResultType]::ParameterName, 'Start without building first')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;test-webhook' {
            [CompletionResult]::new('--suite', '--suite', [CompletionResultType]::ParameterName, 'Suite to run, repeatable [default: delivery, signature and robustness]')
            [CompletionResult]::new('--case', '--case', [CompletionResultType]::ParameterName, 'Case to run, repeatable')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Event type to send, repeatable; without --suite or --case it is sent once and nothing else')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Payload to send instead of samples: @FILE, or - for standard input')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a field of the payload, repeatable: data.subject.id=CLM-1')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How often to send, 1 to 10000')
            [CompletionResult]::new('--scheme', '--scheme', [CompletionResultType]::ParameterName, 'How the endpoint''s deliveries are signed')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'Environment variable that holds the endpoint''s signing secret [default: PROVENIQ_WEBHOOK_SECRET]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of payloads, ids and faults, to repeat a run [default: a fresh one, told in the report]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write a report, repeatable: json=FILE, ndjson=FILE or junit=FILE')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds to wait for an answer, 1 to 120')
            [CompletionResult]::new('--ready-timeout', '--ready-timeout', [CompletionResultType]::ParameterName, 'Seconds to wait until the integration is ready, 1 to 600')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Deliveries a second to send, whether or not earlier ones were answered')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'Time in which deliveries are sent, such as 500ms, 10s or 2m')
            [CompletionResult]::new('--connections', '--connections', [CompletionResultType]::ParameterName, 'Connections to send over, 1 to 1024; each carries one delivery at a time')
            [CompletionResult]::new('--gate', '--gate', [CompletionResultType]::ParameterName, 'What must hold: a percentile (p50, p90, p95, p99, p99.9, max) below a latency, such as p95<500ms')
            [CompletionResult]::new('--body-size', '--body-size', [CompletionResultType]::ParameterName, 'Size of each body in bytes, up to 1 MiB; white space fills it up [default: as large as the sample]')
            [CompletionResult]::new('--retry-schedule', '--retry-schedule', [CompletionResultType]::ParameterName, 'Show when a delivery would be tried again, in virtual time: svix or standard')
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'How the endpoint answers, the last answer again and again: such as 503,429:retry-after=120,timeout,reset,200')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--list-cases', '--list-cases', [CompletionResultType]::ParameterName, 'List every case there is here, and send nothing')
            [CompletionResult]::new('--no-validate', '--no-validate', [CompletionResultType]::ParameterName, 'Send data that its schema refuses')
            [CompletionResult]::new('--asymmetric', '--asymmetric', [CompletionResultType]::ParameterName, 'Sign with ed25519 (v1a) instead of HMAC (v1)')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Run again on each change of the project')
            [CompletionResult]::new('--no-build', '--no-build', [CompletionResultType]::ParameterName, 'Start without building first')
            [CompletionResult]::new('--saturate', '--saturate', [CompletionResultType]::ParameterName, 'Find the highest rate that keeps the gate')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;listen' {
            [CompletionResult]::new('--forward-to', '--forward-to', [CompletionResultType]::ParameterName, 'Endpoint that deliveries are passed on to, byte for byte [default: they are shown only]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Event type to take, repeatable [default: all]')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Begin behind this position of the log [default: receive what comes from now on]')
            [CompletionResult]::new('--capture', '--capture', [CompletionResultType]::ParameterName, 'Keep every exchange in this SQLite file, which only you can read')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'End after so many deliveries; exit 1 where one of them was not accepted')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds to wait for an answer of the endpoint, 1 to 120')
            [CompletionResult]::new('--give-up-after', '--give-up-after', [CompletionResultType]::ParameterName, 'Seconds without a connection after which it ends with exit code 4, 1 to 86400')
            [CompletionResult]::new('--ui-port', '--ui-port', [CompletionResultType]::ParameterName, 'Port of the web page; 0 takes a free one')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port of the local endpoint; 0 takes a free one')
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'Status that the local endpoint answers [default: what the endpoint behind it answers, else 200]')
            [CompletionResult]::new('--allow-host', '--allow-host', [CompletionResultType]::ParameterName, 'Name of this machine, such as a tunnel''s, under which the local endpoint may be asked for, repeatable')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--from-beginning', '--from-beginning', [CompletionResultType]::ParameterName, 'Begin with the first event of the log')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Go on behind the last delivery of this marketplace in the capture')
            [CompletionResult]::new('--ui', '--ui', [CompletionResultType]::ParameterName, 'Show deliveries on a web page of this machine, whose address is printed once')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'On a terminal, write one line for each delivery in place of the view')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Be an endpoint on this machine that takes anything, without a marketplace')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('replay', 'replay', [CompletionResultType]::ParameterValue, 'Send a captured exchange again')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say why a signature does not verify')
            [CompletionResult]::new('secret', 'secret', [CompletionResultType]::ParameterValue, 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;listen;replay' {
            [CompletionResult]::new('--capture', '--capture', [CompletionResultType]::ParameterName, 'File that holds it')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Endpoint to send it to [default: where it went before]')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'Send this body in place of the captured one; needs --resign')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace''s]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds to wait for an answer, 1 to 120')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--resign', '--resign', [CompletionResultType]::ParameterName, 'Sign afresh: same id, the time of now')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;listen;explain' {
            [CompletionResult]::new('--capture', '--capture', [CompletionResultType]::ParameterName, 'File that holds the exchange')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace''s]')
            [CompletionResult]::new('--received-at', '--received-at', [CompletionResultType]::ParameterName, 'When the request was received, as RFC 3339 [default: as told in the capture or the JSON]')
            [CompletionResult]::new('--window', '--window', [CompletionResultType]::ParameterName, 'Seconds before and behind the timestamp that are searched for the one that was signed, 0 to 604800')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;listen;secret' {
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set PROVENIQ_WEBHOOK_SECRET in this file, which only you can read, and print nothing secret')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;listen;help' {
            [CompletionResult]::new('replay', 'replay', [CompletionResultType]::ParameterValue, 'Send a captured exchange again')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say why a signature does not verify')
            [CompletionResult]::new('secret', 'secret', [CompletionResultType]::ParameterValue, 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;listen;help;replay' {
            break
        }
        'proveniq;listen;help;explain' {
            break
        }
        'proveniq;listen;help;secret' {
            break
        }
        'proveniq;listen;help;help' {
            break
        }
        'proveniq;certify' {
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'Tier to check for')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a report, repeatable: human, json, sarif, junit or github, to FILE or alone to stdout')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say what a check proves, what it looks at and how to mend it; without an ID, list all')
            [CompletionResult]::new('--import-sarif', '--import-sarif', [CompletionResultType]::ParameterName, 'Take the SARIF report of another scanner in, repeatable: its errors fail, its warnings warn')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Leave out findings that FILE holds, so that what is new stands out; no tier is reached with them')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Record what is found in FILE, as a baseline')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Run the integration for this check alone; may be given several times. Others that need it are then not run')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of what is sent to the integration, to repeat a run; a fresh one by default')
            [CompletionResult]::new('--rule-set', '--rule-set', [CompletionResultType]::ParameterName, 'Rules to check by [default: the newest of this program]')
            [CompletionResult]::new('--attest', '--attest', [CompletionResultType]::ParameterName, 'Write what was found of the package as a signed attestation')
            [CompletionResult]::new('--osv-db', '--osv-db', [CompletionResultType]::ParameterName, 'Folder or zip of OSV advisories to look dependencies up in [default: what `advisories update` fetched]')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'Address at which the integration is deployed, to look at its TLS, repeatable')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--static', '--static', [CompletionResultType]::ParameterName, 'Only the checks that need no running integration; the others are then not run')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Search all that git''s history holds of the project for secrets too')
            [CompletionResult]::new('--no-build', '--no-build', [CompletionResultType]::ParameterName, 'Start what the package holds as it is, without building first')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;scan' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--staged', '--staged', [CompletionResultType]::ParameterName, 'Search what is staged and would be committed, as a git pre-commit hook')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Search all that git''s history holds, and name the commit')
            [CompletionResult]::new('--ignored', '--ignored', [CompletionResultType]::ParameterName, 'Search what git ignores too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;advisories' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Fetch the advisories that `certify` looks dependencies up in')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;advisories;update' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Where the archives are; {ecosystem} stands for npm, PyPI and crates.io [default: the public OSV archives]')
            [CompletionResult]::new('--ecosystem', '--ecosystem', [CompletionResultType]::ParameterName, 'Only this one, repeatable')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;advisories;help' {
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Fetch the advisories that `certify` looks dependencies up in')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;advisories;help;update' {
            break
        }
        'proveniq;advisories;help;help' {
            break
        }
        'proveniq;pack' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'File to write [default: NAME-VERSION.tar.zst in the project]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List the files that would be packed, and write nothing')
            [CompletionResult]::new('--allow-dirty', '--allow-dirty', [CompletionResultType]::ParameterName, 'Pack although files differ from the last commit')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;publish' {
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'Tier to publish as; more than listed needs a signing key, and awaits a reviewer''s approval [default: listed]')
            [CompletionResult]::new('--attestation', '--attestation', [CompletionResultType]::ParameterName, 'Publish with an attestation that `certify --attest` wrote of this very package, and run nothing again')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait, up to 24h')
            [CompletionResult]::new('--osv-db', '--osv-db', [CompletionResultType]::ParameterName, 'Folder or zip of OSV advisories to look dependencies up in [default: what `advisories update` fetched]')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'Address at which the integration is deployed, to look at its TLS, repeatable')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Check and show what would be sent; change nothing')
            [CompletionResult]::new('--allow-dirty', '--allow-dirty', [CompletionResultType]::ParameterName, 'Publish although files differ from the last commit')
            [CompletionResult]::new('--no-build', '--no-build', [CompletionResultType]::ParameterName, 'Start what the package holds as it is, without building first')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Follow the version until it is decided on: exit code 0 for active, 1 for rejected, 6 when the time is over')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;status' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait, up to 24h')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Follow the version until it is decided on: exit code 0 for active, 1 for rejected, 6 when the time is over')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;yank' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for those who use it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;unyank' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;deprecate' {
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'Why, and which to take, for those who use it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Say so no longer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;review' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the versions that await a review, the one that waits longest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is claimed of a version, and what that rests on')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Grant the tier that a version claims')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Refuse a version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;review;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Versions to show, 1 to 1000')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;review;show' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;review;approve' {
            [CompletionResult]::new('--digest', '--digest', [CompletionResultType]::ParameterName, 'Digest of the package that was reviewed [default: of the one that is shown]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;review;reject' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for its publisher; repeatable')
            [CompletionResult]::new('--digest', '--digest', [CompletionResultType]::ParameterName, 'Digest of the package that was reviewed [default: of the one that is shown]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;review;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the versions that await a review, the one that waits longest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is claimed of a version, and what that rests on')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Grant the tier that a version claims')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Refuse a version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;review;help;list' {
            break
        }
        'proveniq;review;help;show' {
            break
        }
        'proveniq;review;help;approve' {
            break
        }
        'proveniq;review;help;reject' {
            break
        }
        'proveniq;review;help;help' {
            break
        }
        'proveniq;verify' {
            [CompletionResult]::new('--attestation', '--attestation', [CompletionResultType]::ParameterName, 'What is said of it: an attestation, a countersignature, or a receipt [default: the receipt that publish kept, else what the marketplace tells]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Public key (PEM) that must have signed it [default: the keys that the marketplace knows]')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Leave the package of NAME@VERSION in this file, where it verifies')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;search' {
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Only this category')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Results to show, 1 to 100')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;info' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;install' {
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'Settings as a JSON object, from @FILE or - for standard input')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'One setting, repeatable: region=north; what is no JSON is text')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;uninstall' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;logs' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Entries to show')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--audit', '--audit', [CompletionResultType]::ParameterName, 'Verify the audit log and show its latest entries')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;serve' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration: where it listens, its public address, its data, how people sign in')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;doctor' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;completions' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;man' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write a page for each command into this folder')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;openapi' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;supervise' {
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Bytes of standard input that the command is to read')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the outcome')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]')
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the outcome as one JSON document: short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print outcomes and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell more on the way')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation, and ask nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'proveniq;help' {
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Run the whole loop against an embedded marketplace, in one go')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Scaffold an integration from a template')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'Look at the templates')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in as a person')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Revoke your sign-in and forget it here')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Tell who you are at the marketplace, and what you may do')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Create, list, rotate and revoke API keys')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run the marketplace on this machine')
            [CompletionResult]::new('dev', 'dev', [CompletionResultType]::ParameterValue, 'Run marketplace and integration, deliver live events to it, start it anew on each change')
            [CompletionResult]::new('test-webhook', 'test-webhook', [CompletionResultType]::ParameterValue, 'Send signed and forged events to an integration and judge its answers')
            [CompletionResult]::new('listen', 'listen', [CompletionResultType]::ParameterValue, 'Receive deliveries on this machine, pass them on, keep them, send them again, explain them')
            [CompletionResult]::new('certify', 'certify', [CompletionResultType]::ParameterValue, 'Check an integration against the rules of a tier')
            [CompletionResult]::new('scan', 'scan', [CompletionResultType]::ParameterValue, 'Search files, what is staged, or git''s history for secrets')
            [CompletionResult]::new('advisories', 'advisories', [CompletionResultType]::ParameterValue, 'Fetch advisories on dependencies, for certify')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Build the package that publish would send')
            [CompletionResult]::new('publish', 'publish', [CompletionResultType]::ParameterValue, 'Certify, pack and send a version to the marketplace')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell where a published version stands, or wait until it is decided on')
            [CompletionResult]::new('yank', 'yank', [CompletionResultType]::ParameterValue, 'Take a version back: who has it keeps it, and nobody installs it anew')
            [CompletionResult]::new('unyank', 'unyank', [CompletionResultType]::ParameterValue, 'Give a version again that was taken back')
            [CompletionResult]::new('deprecate', 'deprecate', [CompletionResultType]::ParameterValue, 'Say of a version that it should be left for another')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Decide on versions that claim more than listed, as a reviewer of the marketplace')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify what is said of a package: who signed it, what it rests on')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Search the marketplace')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show an integration of the marketplace')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Install an integration, after showing what it asks for')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'End an installation and all access that came with it')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Verify and show the marketplace''s logs')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run the marketplace for many users, who sign in with GitHub or Google')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Tell what is installed, which marketplace and credential store are in use, and what is wrong')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write one for each command')
            [CompletionResult]::new('openapi', 'openapi', [CompletionResultType]::ParameterValue, 'Print the marketplace''s OpenAPI document')
            [CompletionResult]::new('supervise', 'supervise', [CompletionResultType]::ParameterValue, 'Run a command and end it, and all that it started, when standard input closes')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'proveniq;help;demo' {
            break
        }
        'proveniq;help;init' {
            break
        }
        'proveniq;help;template' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the templates')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a template and the files that it writes')
            break
        }
        'proveniq;help;template;list' {
            break
        }
        'proveniq;help;template;show' {
            break
        }
        'proveniq;help;login' {
            break
        }
        'proveniq;help;logout' {
            break
        }
        'proveniq;help;whoami' {
            break
        }
        'proveniq;help;keys' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a key, store it and use it from now on')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your keys and where each is stored; warn of those that end soon or that nothing uses')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Use a stored key from now on')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Store a key that was created elsewhere, read from standard input')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Put a fresh key in the place of a key: both work until the grace period is over')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a key')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a key at once and forget it here')
            [CompletionResult]::new('scan-hook', 'scan-hook', [CompletionResultType]::ParameterValue, 'Search what is staged for secrets, as a git pre-commit hook')
            break
        }
        'proveniq;help;keys;create' {
            break
        }
        'proveniq;help;keys;list' {
            break
        }
        'proveniq;help;keys;audit' {
            break
        }
        'proveniq;help;keys;use' {
            break
        }
        'proveniq;help;keys;import' {
            break
        }
        'proveniq;help;keys;rotate' {
            break
        }
        'proveniq;help;keys;show' {
            break
        }
        'proveniq;help;keys;revoke' {
            break
        }
        'proveniq;help;keys;scan-hook' {
            break
        }
        'proveniq;help;sandbox' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start it, in the foreground unless --detach is given')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell whether it runs, and where')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Stop it and delete everything in it')
            [CompletionResult]::new('emit', 'emit', [CompletionResultType]::ParameterValue, 'Add events to its log, from where `listen` receives them')
            break
        }
        'proveniq;help;sandbox;start' {
            break
        }
        'proveniq;help;sandbox;stop' {
            break
        }
        'proveniq;help;sandbox;status' {
            break
        }
        'proveniq;help;sandbox;reset' {
            break
        }
        'proveniq;help;sandbox;emit' {
            break
        }
        'proveniq;help;dev' {
            break
        }
        'proveniq;help;test-webhook' {
            break
        }
        'proveniq;help;listen' {
            [CompletionResult]::new('replay', 'replay', [CompletionResultType]::ParameterValue, 'Send a captured exchange again')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say why a signature does not verify')
            [CompletionResult]::new('secret', 'secret', [CompletionResultType]::ParameterValue, 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file')
            break
        }
        'proveniq;help;listen;replay' {
            break
        }
        'proveniq;help;listen;explain' {
            break
        }
        'proveniq;help;listen;secret' {
            break
        }
        'proveniq;help;certify' {
            break
        }
        'proveniq;help;scan' {
            break
        }
        'proveniq;help;advisories' {
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Fetch the advisories that `certify` looks dependencies up in')
            break
        }
        'proveniq;help;advisories;update' {
            break
        }
        'proveniq;help;pack' {
            break
        }
        'proveniq;help;publish' {
            break
        }
        'proveniq;help;status' {
            break
        }
        'proveniq;help;yank' {
            break
        }
        'proveniq;help;unyank' {
            break
        }
        'proveniq;help;deprecate' {
            break
        }
        'proveniq;help;review' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the versions that await a review, the one that waits longest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is claimed of a version, and what that rests on')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Grant the tier that a version claims')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Refuse a version')
            break
        }
        'proveniq;help;review;list' {
            break
        }
        'proveniq;help;review;show' {
            break
        }
        'proveniq;help;review;approve' {
            break
        }
        'proveniq;help;review;reject' {
            break
        }
        'proveniq;help;verify' {
            break
        }
        'proveniq;help;search' {
            break
        }
        'proveniq;help;info' {
            break
        }
        'proveniq;help;install' {
            break
        }
        'proveniq;help;uninstall' {
            break
        }
        'proveniq;help;logs' {
            break
        }
        'proveniq;help;serve' {
            break
        }
        'proveniq;help;doctor' {
            break
        }
        'proveniq;help;completions' {
            break
        }
        'proveniq;help;man' {
            break
        }
        'proveniq;help;openapi' {
            break
        }
        'proveniq;help;supervise' {
            break
        }
        'proveniq;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
