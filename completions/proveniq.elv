
use builtin;
use str;

set edit:completion:arg-completer[proveniq] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'proveniq'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'proveniq'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand demo 'Run the whole loop against an embedded marketplace, in one go'
            cand init 'Scaffold an integration from a template'
            cand template 'Look at the templates'
            cand login 'Sign in as a person'
            cand logout 'Revoke your sign-in and forget it here'
            cand whoami 'Tell who you are at the marketplace, and what you may do'
            cand keys 'Create, list, rotate and revoke API keys'
            cand sandbox 'Run the marketplace on this machine'
            cand dev 'Run marketplace and integration, deliver live events to it, start it anew on each change'
            cand test-webhook 'Send signed and forged events to an integration and judge its answers'
            cand listen 'Receive deliveries on this machine, pass them on, keep them, send them again, explain them'
            cand certify 'Check an integration against the rules of a tier'
            cand scan 'Search files, what is staged, or git''s history for secrets'
            cand advisories 'Fetch advisories on dependencies, for certify'
            cand pack 'Build the package that publish would send'
            cand publish 'Certify, pack and send a version to the marketplace'
            cand status 'Tell where a published version stands, or wait until it is decided on'
            cand yank 'Take a version back: who has it keeps it, and nobody installs it anew'
            cand unyank 'Give a version again that was taken back'
            cand deprecate 'Say of a version that it should be left for another'
            cand review 'Decide on versions that claim more than listed, as a reviewer of the marketplace'
            cand verify 'Verify what is said of a package: who signed it, what it rests on'
            cand search 'Search the marketplace'
            cand info 'Show an integration of the marketplace'
            cand install 'Install an integration, after showing what it asks for'
            cand uninstall 'End an installation and all access that came with it'
            cand logs 'Verify and show the marketplace''s logs'
            cand serve 'Run the marketplace for many users, who sign in with GitHub or Google'
            cand doctor 'Tell what is installed, which marketplace and credential store are in use, and what is wrong'
            cand completions 'Print the completion script of a shell'
            cand man 'Print the manual page, or write one for each command'
            cand openapi 'Print the marketplace''s OpenAPI document'
            cand supervise 'Run a command and end it, and all that it started, when standard input closes'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;demo'= {
            cand --keep 'Leave the project, the package and the marketplace''s data in this new folder'
            cand --template 'Template to start from [default: webhook-typescript with Node, else webhook-python]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;init'= {
            cand --template 'Template to start from: see `proveniq template list`'
            cand --name 'Name as publisher/name'
            cand --category 'Marketplace category'
            cand --title 'Title shown in the marketplace [default: made from the name]'
            cand --summary 'One sentence shown in search results [default: made from title and category]'
            cand --support-email 'Address at which users get support [default: git''s user.email]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --no-git 'Do not make a git repository'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;template'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the templates'
            cand show 'Show a template and the files that it writes'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;template;list'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;template;show'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;template;help'= {
            cand list 'List the templates'
            cand show 'Show a template and the files that it writes'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;template;help;list'= {
        }
        &'proveniq;template;help;show'= {
        }
        &'proveniq;template;help;help'= {
        }
        &'proveniq;login'= {
            cand --scope 'What the sign-in may do, repeatable [default: everything]'
            cand --timeout 'Time that you have in the browser'
            cand --store 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --device 'Show a code to type into a browser elsewhere [default: where there is no display]'
            cand --browser 'Open a browser here, also where there seems to be no display'
            cand --with-token 'Read an API key or an access token from standard input'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;logout'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --local 'Forget it here without asking the marketplace to revoke it'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;whoami'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
            cand create 'Create a key, store it and use it from now on'
            cand list 'List your keys and where each is stored; warn of those that end soon or that nothing uses'
            cand audit 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done'
            cand use 'Use a stored key from now on'
            cand import 'Store a key that was created elsewhere, read from standard input'
            cand rotate 'Put a fresh key in the place of a key: both work until the grace period is over'
            cand show 'Show a key'
            cand revoke 'Revoke a key at once and forget it here'
            cand scan-hook 'Search what is staged for secrets, as a git pre-commit hook'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;keys;create'= {
            cand --name 'Name that tells you later what the key is for'
            cand --scope 'What the key may do, repeatable [default: all that you may do]'
            cand --expires 'Lifetime, such as 90d, 12h or 30m [default: no end]'
            cand --publisher 'Publisher that it signs for [default: the one of the project in this folder]'
            cand --store 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --signing 'Make a key that attestations are signed with instead; its secret half never leaves this machine'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;list'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --local 'List what is stored on this machine, without asking a marketplace'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;audit'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;use'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;import'= {
            cand --name 'Name to store it under'
            cand --store 'Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;rotate'= {
            cand --grace 'How long the old one still works, such as 24h, 7d or 0s'
            cand --to 'Where to hand the fresh one over to, repeatable: github-actions[:NAME], gitlab[:NAME], vault:PATH[#FIELD], aws-secretsmanager:ID, kubernetes:NAMESPACE/SECRET/KEY, command:CMD, stdout, env-file:PATH[#NAME]'
            cand --store 'Store a key here that is not stored yet, such as the one in PROVENIQ_API_KEY'
            cand --timeout 'Seconds that each program has to take the fresh one, 1 to 600'
            cand --max-age 'Age at which a rotation is due; one is due near the end of a key''s life too'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --webhook 'Rotate the secret that deliveries are signed with instead; meanwhile they carry both signatures'
            cand --replace 'Give up a rotation that was begun elsewhere and will not go on; what it made is revoked'
            cand --resume 'Finish the rotation that was cut off here'
            cand --abort 'Take the rotation back that was cut off here: the old one stays'
            cand --check 'Only tell whether a rotation is due: exit 1 where it is'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;show'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --reveal 'Print its secret, alone on standard output; asks before'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;revoke'= {
            cand --publisher 'Publisher that it signs for [default: the one of the project in this folder]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --signing 'Revoke a key that attestations are signed with'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;scan-hook'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --install 'Write the hook into this repository'
            cand --force 'Replace another''s hook'
            cand --uninstall 'Remove the hook from this repository'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;keys;help'= {
            cand create 'Create a key, store it and use it from now on'
            cand list 'List your keys and where each is stored; warn of those that end soon or that nothing uses'
            cand audit 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done'
            cand use 'Use a stored key from now on'
            cand import 'Store a key that was created elsewhere, read from standard input'
            cand rotate 'Put a fresh key in the place of a key: both work until the grace period is over'
            cand show 'Show a key'
            cand revoke 'Revoke a key at once and forget it here'
            cand scan-hook 'Search what is staged for secrets, as a git pre-commit hook'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;keys;help;create'= {
        }
        &'proveniq;keys;help;list'= {
        }
        &'proveniq;keys;help;audit'= {
        }
        &'proveniq;keys;help;use'= {
        }
        &'proveniq;keys;help;import'= {
        }
        &'proveniq;keys;help;rotate'= {
        }
        &'proveniq;keys;help;show'= {
        }
        &'proveniq;keys;help;revoke'= {
        }
        &'proveniq;keys;help;scan-hook'= {
        }
        &'proveniq;keys;help;help'= {
        }
        &'proveniq;sandbox'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
            cand start 'Start it, in the foreground unless --detach is given'
            cand stop 'Stop it'
            cand status 'Tell whether it runs, and where'
            cand reset 'Stop it and delete everything in it'
            cand emit 'Add events to its log, from where `listen` receives them'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;sandbox;start'= {
            cand --port 'Port to listen on; 0 takes a free one [default: the one used last, else 7464]'
            cand --host 'Address to listen on; anything but loopback lets others in'
            cand --leak-reporter 'Take reports of leaked keys that verify with this ECDSA P-256 public key (PEM), repeatable'
            cand --access-token-lifetime 'Life of the access tokens that it gives out, 1s to 24h, to try renewal with [default: 15m]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --detach 'Run in the background'
            cand --leave-session 'Leave the terminal''s session: how --detach starts it'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;sandbox;stop'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;sandbox;status'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --sign-in-code 'Print only the code with which a person signs in to it in a browser'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;sandbox;reset'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;sandbox;emit'= {
            cand --data 'The payload''s data as JSON, from @FILE or - for standard input [default: a sample]'
            cand --body 'The whole body, delivered byte for byte, from @FILE or - for standard input'
            cand --set 'Change a field of the payload, repeatable: data.subject.id=CLM-1'
            cand --count 'Events to add, 1 to 10000'
            cand --seed 'Seed of the samples, to repeat them [default: a fresh one, told in the outcome]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;sandbox;help'= {
            cand start 'Start it, in the foreground unless --detach is given'
            cand stop 'Stop it'
            cand status 'Tell whether it runs, and where'
            cand reset 'Stop it and delete everything in it'
            cand emit 'Add events to its log, from where `listen` receives them'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;sandbox;help;start'= {
        }
        &'proveniq;sandbox;help;stop'= {
        }
        &'proveniq;sandbox;help;status'= {
        }
        &'proveniq;sandbox;help;reset'= {
        }
        &'proveniq;sandbox;help;emit'= {
        }
        &'proveniq;sandbox;help;help'= {
        }
        &'proveniq;dev'= {
            cand --port 'Port of the integration [default: a free one, the same for the whole session]'
            cand --ready-timeout 'Seconds to wait until the integration is ready, 1 to 600'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --no-build 'Start without building first'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;test-webhook'= {
            cand --suite 'Suite to run, repeatable [default: delivery, signature and robustness]'
            cand --case 'Case to run, repeatable'
            cand --event 'Event type to send, repeatable; without --suite or --case it is sent once and nothing else'
            cand --data 'Payload to send instead of samples: @FILE, or - for standard input'
            cand --set 'Change a field of the payload, repeatable: data.subject.id=CLM-1'
            cand --count 'How often to send, 1 to 10000'
            cand --scheme 'How the endpoint''s deliveries are signed'
            cand --secret-env 'Environment variable that holds the endpoint''s signing secret [default: PROVENIQ_WEBHOOK_SECRET]'
            cand --seed 'Seed of payloads, ids and faults, to repeat a run [default: a fresh one, told in the report]'
            cand --report 'Also write a report, repeatable: json=FILE, ndjson=FILE or junit=FILE'
            cand --timeout 'Seconds to wait for an answer, 1 to 120'
            cand --ready-timeout 'Seconds to wait until the integration is ready, 1 to 600'
            cand --rate 'Deliveries a second to send, whether or not earlier ones were answered'
            cand --duration 'Time in which deliveries are sent, such as 500ms, 10s or 2m'
            cand --connections 'Connections to send over, 1 to 1024; each carries one delivery at a time'
            cand --gate 'What must hold: a percentile (p50, p90, p95, p99, p99.9, max) below a latency, such as p95<500ms'
            cand --body-size 'Size of each body in bytes, up to 1 MiB; white space fills it up [default: as large as the sample]'
            cand --retry-schedule 'Show when a delivery would be tried again, in virtual time: svix or standard'
            cand --answers 'How the endpoint answers, the last answer again and again: such as 503,429:retry-after=120,timeout,reset,200'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --list-cases 'List every case there is here, and send nothing'
            cand --no-validate 'Send data that its schema refuses'
            cand --asymmetric 'Sign with ed25519 (v1a) instead of HMAC (v1)'
            cand --watch 'Run again on each change of the project'
            cand --no-build 'Start without building first'
            cand --saturate 'Find the highest rate that keeps the gate'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;listen'= {
            cand --forward-to 'Endpoint that deliveries are passed on to, byte for byte [default: they are shown only]'
            cand --event 'Event type to take, repeatable [default: all]'
            cand --since 'Begin behind this position of the log [default: receive what comes from now on]'
            cand --capture 'Keep every exchange in this SQLite file, which only you can read'
            cand --limit 'End after so many deliveries; exit 1 where one of them was not accepted'
            cand --timeout 'Seconds to wait for an answer of the endpoint, 1 to 120'
            cand --give-up-after 'Seconds without a connection after which it ends with exit code 4, 1 to 86400'
            cand --ui-port 'Port of the web page; 0 takes a free one'
            cand --port 'Port of the local endpoint; 0 takes a free one'
            cand --answer 'Status that the local endpoint answers [default: what the endpoint behind it answers, else 200]'
            cand --allow-host 'Name of this machine, such as a tunnel''s, under which the local endpoint may be asked for, repeatable'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --from-beginning 'Begin with the first event of the log'
            cand --resume 'Go on behind the last delivery of this marketplace in the capture'
            cand --ui 'Show deliveries on a web page of this machine, whose address is printed once'
            cand --plain 'On a terminal, write one line for each delivery in place of the view'
            cand --local 'Be an endpoint on this machine that takes anything, without a marketplace'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
            cand replay 'Send a captured exchange again'
            cand explain 'Say why a signature does not verify'
            cand secret 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;listen;replay'= {
            cand --capture 'File that holds it'
            cand --to 'Endpoint to send it to [default: where it went before]'
            cand --body 'Send this body in place of the captured one; needs --resign'
            cand --secret-env 'Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace''s]'
            cand --timeout 'Seconds to wait for an answer, 1 to 120'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --resign 'Sign afresh: same id, the time of now'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;listen;explain'= {
            cand --capture 'File that holds the exchange'
            cand --secret-env 'Environment variable that holds the signing secret [default: PROVENIQ_WEBHOOK_SECRET, else the marketplace''s]'
            cand --received-at 'When the request was received, as RFC 3339 [default: as told in the capture or the JSON]'
            cand --window 'Seconds before and behind the timestamp that are searched for the one that was signed, 0 to 604800'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;listen;secret'= {
            cand --env-file 'Set PROVENIQ_WEBHOOK_SECRET in this file, which only you can read, and print nothing secret'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;listen;help'= {
            cand replay 'Send a captured exchange again'
            cand explain 'Say why a signature does not verify'
            cand secret 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;listen;help;replay'= {
        }
        &'proveniq;listen;help;explain'= {
        }
        &'proveniq;listen;help;secret'= {
        }
        &'proveniq;listen;help;help'= {
        }
        &'proveniq;certify'= {
            cand --tier 'Tier to check for'
            cand --report 'Write a report, repeatable: human, json, sarif, junit or github, to FILE or alone to stdout'
            cand --explain 'Say what a check proves, what it looks at and how to mend it; without an ID, list all'
            cand --import-sarif 'Take the SARIF report of another scanner in, repeatable: its errors fail, its warnings warn'
            cand --baseline 'Leave out findings that FILE holds, so that what is new stands out; no tier is reached with them'
            cand --write-baseline 'Record what is found in FILE, as a baseline'
            cand --check 'Run the integration for this check alone; may be given several times. Others that need it are then not run'
            cand --seed 'Seed of what is sent to the integration, to repeat a run; a fresh one by default'
            cand --rule-set 'Rules to check by [default: the newest of this program]'
            cand --attest 'Write what was found of the package as a signed attestation'
            cand --osv-db 'Folder or zip of OSV advisories to look dependencies up in [default: what `advisories update` fetched]'
            cand --endpoint 'Address at which the integration is deployed, to look at its TLS, repeatable'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --static 'Only the checks that need no running integration; the others are then not run'
            cand --history 'Search all that git''s history holds of the project for secrets too'
            cand --no-build 'Start what the package holds as it is, without building first'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;scan'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --staged 'Search what is staged and would be committed, as a git pre-commit hook'
            cand --history 'Search all that git''s history holds, and name the commit'
            cand --ignored 'Search what git ignores too'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;advisories'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
            cand update 'Fetch the advisories that `certify` looks dependencies up in'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;advisories;update'= {
            cand --from 'Where the archives are; {ecosystem} stands for npm, PyPI and crates.io [default: the public OSV archives]'
            cand --ecosystem 'Only this one, repeatable'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;advisories;help'= {
            cand update 'Fetch the advisories that `certify` looks dependencies up in'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;advisories;help;update'= {
        }
        &'proveniq;advisories;help;help'= {
        }
        &'proveniq;pack'= {
            cand --out 'File to write [default: NAME-VERSION.tar.zst in the project]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --list 'List the files that would be packed, and write nothing'
            cand --allow-dirty 'Pack although files differ from the last commit'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;publish'= {
            cand --tier 'Tier to publish as; more than listed needs a signing key, and awaits a reviewer''s approval [default: listed]'
            cand --attestation 'Publish with an attestation that `certify --attest` wrote of this very package, and run nothing again'
            cand --timeout 'Longest wait, up to 24h'
            cand --osv-db 'Folder or zip of OSV advisories to look dependencies up in [default: what `advisories update` fetched]'
            cand --endpoint 'Address at which the integration is deployed, to look at its TLS, repeatable'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --dry-run 'Check and show what would be sent; change nothing'
            cand --allow-dirty 'Publish although files differ from the last commit'
            cand --no-build 'Start what the package holds as it is, without building first'
            cand --wait 'Follow the version until it is decided on: exit code 0 for active, 1 for rejected, 6 when the time is over'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;status'= {
            cand --timeout 'Longest wait, up to 24h'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --wait 'Follow the version until it is decided on: exit code 0 for active, 1 for rejected, 6 when the time is over'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;yank'= {
            cand --reason 'Why, for those who use it'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;unyank'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;deprecate'= {
            cand --message 'Why, and which to take, for those who use it'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --undo 'Say so no longer'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;review'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the versions that await a review, the one that waits longest first'
            cand show 'Show what is claimed of a version, and what that rests on'
            cand approve 'Grant the tier that a version claims'
            cand reject 'Refuse a version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;review;list'= {
            cand --limit 'Versions to show, 1 to 1000'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;review;show'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;review;approve'= {
            cand --digest 'Digest of the package that was reviewed [default: of the one that is shown]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;review;reject'= {
            cand --reason 'Why, for its publisher; repeatable'
            cand --digest 'Digest of the package that was reviewed [default: of the one that is shown]'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;review;help'= {
            cand list 'List the versions that await a review, the one that waits longest first'
            cand show 'Show what is claimed of a version, and what that rests on'
            cand approve 'Grant the tier that a version claims'
            cand reject 'Refuse a version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;review;help;list'= {
        }
        &'proveniq;review;help;show'= {
        }
        &'proveniq;review;help;approve'= {
        }
        &'proveniq;review;help;reject'= {
        }
        &'proveniq;review;help;help'= {
        }
        &'proveniq;verify'= {
            cand --attestation 'What is said of it: an attestation, a countersignature, or a receipt [default: the receipt that publish kept, else what the marketplace tells]'
            cand --key 'Public key (PEM) that must have signed it [default: the keys that the marketplace knows]'
            cand --out 'Leave the package of NAME@VERSION in this file, where it verifies'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;search'= {
            cand --category 'Only this category'
            cand --limit 'Results to show, 1 to 100'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;info'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;install'= {
            cand --settings 'Settings as a JSON object, from @FILE or - for standard input'
            cand --set 'One setting, repeatable: region=north; what is no JSON is text'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;uninstall'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;logs'= {
            cand --limit 'Entries to show'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --audit 'Verify the audit log and show its latest entries'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;serve'= {
            cand --config 'Configuration: where it listens, its public address, its data, how people sign in'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;doctor'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;completions'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;man'= {
            cand --out 'Write a page for each command into this folder'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;openapi'= {
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;supervise'= {
            cand --input 'Bytes of standard input that the command is to read'
            cand --format 'How to print the outcome'
            cand --color 'When to use colour'
            cand --profile 'Credentials and settings to use [env: PROVENIQ_PROFILE] [default: default]'
            cand --marketplace 'Marketplace to talk to [env: PROVENIQ_MARKETPLACE_URL] [default: the running sandbox]'
            cand -C 'Work in this folder'
            cand --json 'Print the outcome as one JSON document: short for --format json'
            cand -q 'Print outcomes and errors only'
            cand --quiet 'Print outcomes and errors only'
            cand -v 'Tell more on the way'
            cand --verbose 'Tell more on the way'
            cand --no-input 'Never ask; name the missing flags instead [env: PROVENIQ_NO_INPUT]'
            cand -y 'Answer yes to every confirmation, and ask nothing else'
            cand --yes 'Answer yes to every confirmation, and ask nothing else'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'proveniq;help'= {
            cand demo 'Run the whole loop against an embedded marketplace, in one go'
            cand init 'Scaffold an integration from a template'
            cand template 'Look at the templates'
            cand login 'Sign in as a person'
            cand logout 'Revoke your sign-in and forget it here'
            cand whoami 'Tell who you are at the marketplace, and what you may do'
            cand keys 'Create, list, rotate and revoke API keys'
            cand sandbox 'Run the marketplace on this machine'
            cand dev 'Run marketplace and integration, deliver live events to it, start it anew on each change'
            cand test-webhook 'Send signed and forged events to an integration and judge its answers'
            cand listen 'Receive deliveries on this machine, pass them on, keep them, send them again, explain them'
            cand certify 'Check an integration against the rules of a tier'
            cand scan 'Search files, what is staged, or git''s history for secrets'
            cand advisories 'Fetch advisories on dependencies, for certify'
            cand pack 'Build the package that publish would send'
            cand publish 'Certify, pack and send a version to the marketplace'
            cand status 'Tell where a published version stands, or wait until it is decided on'
            cand yank 'Take a version back: who has it keeps it, and nobody installs it anew'
            cand unyank 'Give a version again that was taken back'
            cand deprecate 'Say of a version that it should be left for another'
            cand review 'Decide on versions that claim more than listed, as a reviewer of the marketplace'
            cand verify 'Verify what is said of a package: who signed it, what it rests on'
            cand search 'Search the marketplace'
            cand info 'Show an integration of the marketplace'
            cand install 'Install an integration, after showing what it asks for'
            cand uninstall 'End an installation and all access that came with it'
            cand logs 'Verify and show the marketplace''s logs'
            cand serve 'Run the marketplace for many users, who sign in with GitHub or Google'
            cand doctor 'Tell what is installed, which marketplace and credential store are in use, and what is wrong'
            cand completions 'Print the completion script of a shell'
            cand man 'Print the manual page, or write one for each command'
            cand openapi 'Print the marketplace''s OpenAPI document'
            cand supervise 'Run a command and end it, and all that it started, when standard input closes'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'proveniq;help;demo'= {
        }
        &'proveniq;help;init'= {
        }
        &'proveniq;help;template'= {
            cand list 'List the templates'
            cand show 'Show a template and the files that it writes'
        }
        &'proveniq;help;template;list'= {
        }
        &'proveniq;help;template;show'= {
        }
        &'proveniq;help;login'= {
        }
        &'proveniq;help;logout'= {
        }
        &'proveniq;help;whoami'= {
        }
        &'proveniq;help;keys'= {
            cand create 'Create a key, store it and use it from now on'
            cand list 'List your keys and where each is stored; warn of those that end soon or that nothing uses'
            cand audit 'Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done'
            cand use 'Use a stored key from now on'
            cand import 'Store a key that was created elsewhere, read from standard input'
            cand rotate 'Put a fresh key in the place of a key: both work until the grace period is over'
            cand show 'Show a key'
            cand revoke 'Revoke a key at once and forget it here'
            cand scan-hook 'Search what is staged for secrets, as a git pre-commit hook'
        }
        &'proveniq;help;keys;create'= {
        }
        &'proveniq;help;keys;list'= {
        }
        &'proveniq;help;keys;audit'= {
        }
        &'proveniq;help;keys;use'= {
        }
        &'proveniq;help;keys;import'= {
        }
        &'proveniq;help;keys;rotate'= {
        }
        &'proveniq;help;keys;show'= {
        }
        &'proveniq;help;keys;revoke'= {
        }
        &'proveniq;help;keys;scan-hook'= {
        }
        &'proveniq;help;sandbox'= {
            cand start 'Start it, in the foreground unless --detach is given'
            cand stop 'Stop it'
            cand status 'Tell whether it runs, and where'
            cand reset 'Stop it and delete everything in it'
            cand emit 'Add events to its log, from where `listen` receives them'
        }
        &'proveniq;help;sandbox;start'= {
        }
        &'proveniq;help;sandbox;stop'= {
        }
        &'proveniq;help;sandbox;status'= {
        }
        &'proveniq;help;sandbox;reset'= {
        }
        &'proveniq;help;sandbox;emit'= {
        }
        &'proveniq;help;dev'= {
        }
        &'proveniq;help;test-webhook'= {
        }
        &'proveniq;help;listen'= {
            cand replay 'Send a captured exchange again'
            cand explain 'Say why a signature does not verify'
            cand secret 'Print the secret that the marketplace signs your deliveries with, or write it to an .env file'
        }
        &'proveniq;help;listen;replay'= {
        }
        &'proveniq;help;listen;explain'= {
        }
        &'proveniq;help;listen;secret'= {
        }
        &'proveniq;help;certify'= {
        }
        &'proveniq;help;scan'= {
        }
        &'proveniq;help;advisories'= {
            cand update 'Fetch the advisories that `certify` looks dependencies up in'
        }
        &'proveniq;help;advisories;update'= {
        }
        &'proveniq;help;pack'= {
        }
        &'proveniq;help;publish'= {
        }
        &'proveniq;help;status'= {
        }
        &'proveniq;help;yank'= {
        }
        &'proveniq;help;unyank'= {
        }
        &'proveniq;help;deprecate'= {
        }
        &'proveniq;help;review'= {
            cand list 'List the versions that await a review, the one that waits longest first'
            cand show 'Show what is claimed of a version, and what that rests on'
            cand approve 'Grant the tier that a version claims'
            cand reject 'Refuse a version'
        }
        &'proveniq;help;review;list'= {
        }
        &'proveniq;help;review;show'= {
        }
        &'proveniq;help;review;approve'= {
        }
        &'proveniq;help;review;reject'= {
        }
        &'proveniq;help;verify'= {
        }
        &'proveniq;help;search'= {
        }
        &'proveniq;help;info'= {
        }
        &'proveniq;help;install'= {
        }
        &'proveniq;help;uninstall'= {
        }
        &'proveniq;help;logs'= {
        }
        &'proveniq;help;serve'= {
        }
        &'proveniq;help;doctor'= {
        }
        &'proveniq;help;completions'= {
        }
        &'proveniq;help;man'= {
        }
        &'proveniq;help;openapi'= {
        }
        &'proveniq;help;supervise'= {
        }
        &'proveniq;help;help'= {
        }
    ]
    $completions[$command]
}
