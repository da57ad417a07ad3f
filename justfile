# Everyday commands; `scripts/test` is what CI runs.

# Everything that CI runs.
test *stages:
    scripts/test {{ stages }}

# The whole loop on this machine.
demo:
    cargo run --release --locked -- demo

# Completions, the manifest's JSON Schema and the OpenAPI document, from the code.
generate:
    scripts/generate

# Start-up, init and pack, measured.
bench:
    scripts/bench

# What authentication costs a request and a command.
bench-auth:
    scripts/bench-auth

# The load test beside wrk, hey and others.
bench-webhook:
    scripts/bench-webhook

# What is shipped.
dist:
    cargo build --profile dist --locked
