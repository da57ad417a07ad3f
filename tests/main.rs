//! The behaviour of the binary, seen from outside. One file for each command.
#![expect(unreachable_pub, reason = "nobody links against the tests")]

mod support;

mod api;
mod architecture;
mod command_line;
mod configuration;
mod demo;
mod dev;
mod doctor;
mod events;
mod faults_disk;
mod faults_marketplace;
mod generated;
mod handlers;
mod init;
mod keyring;
mod keys;
mod keys_rotate;
mod keys_rotate_crash;
mod keys_rotate_faults;
mod leaks;
mod listen;
mod listen_capture;
mod listen_endpoints;
mod listen_explain;
mod listen_ui;
mod listen_view;
mod load;
mod load_faults;
mod manifest;
mod pack;
mod processes;
mod publish;
mod retry_schedule;
mod rotation_api;
mod sandbox;
mod scan_hook;
mod secrecy;
mod stores;
mod templates;
mod test_webhook;
mod test_webhook_effects;
mod test_webhook_faults;
mod uploads;
mod vendors;
