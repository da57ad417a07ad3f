//! `certify` runs what the package holds: neither what git ignores nor what an earlier build left answers for it.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Finished, TestEnvironment};

/// The plain integration, whose work is done by a module that git ignores.
struct Scene {
    environment: TestEnvironment,
    project: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let environment = TestEnvironment::new();
        let project = environment.plain_project();
        fs::rename(project.join("handler.py"), project.join("hidden.py")).expect("moved");
        fs::write(project.join("handler.py"), "import hidden\n").expect("written");
        fs::write(project.join(".gitignore"), "hidden.py\n__pycache__/\n").expect("written");
        Scene { environment, project }
    }

    /// Lets the build write the module from a text that is shipped.
    fn built(self) -> Self {
        fs::rename(self.project.join("hidden.py"), self.project.join("hidden.txt")).expect("moved");
        fs::write(self.project.join("build.py"), "import shutil\nshutil.copy('hidden.txt', 'hidden.py')\n")
            .expect("written");
        let manifest = fs::read_to_string(self.project.join("proveniq.toml")).expect("manifest");
        let manifest = manifest.replace("[run]\n", "[run]\nbuild = \"python3 build.py\"\n");
        fs::write(self.project.join("proveniq.toml"), manifest).expect("written");
        self
    }

    fn certify(&self, arguments: &[&str]) -> Finished {
        let asked = ["certify", "--json", "--tier", "verified", "--check", "REL-EVENTS"];
        self.environment.run_in(&self.project, &[&asked, arguments].concat())
    }
}

#[track_caller]
fn verdict(finished: &Finished, id: &str) -> Value {
    let report = finished.json();
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("no {id} in {report}"))["verdict"].clone()
}

#[test]
fn a_source_that_is_not_shipped_answers_for_nothing() {
    let scene = Scene::new();
    scene.environment.run_in(&scene.project, &["test-webhook", "--suite", "delivery"]).expect(0);
    let finished = scene.certify(&[]);
    assert_eq!(verdict(&finished, "REL-EVENTS"), "inconclusive");
    finished.expect(6);
}

#[test]
fn what_the_build_makes_of_the_package_is_run_and_the_work_tree_stays_as_it_was() {
    let scene = Scene::new().built();
    assert_eq!(verdict(&scene.certify(&[]), "REL-EVENTS"), "pass");
    assert!(!scene.project.join("hidden.py").exists(), "it was built in the work tree");
    // An earlier build in the work tree does not stand for one of the package.
    fs::copy(scene.project.join("hidden.txt"), scene.project.join("hidden.py")).expect("copied");
    assert_eq!(verdict(&scene.certify(&["--no-build"]), "REL-EVENTS"), "inconclusive");
}

#[test]
fn settings_of_this_machine_are_there_and_leave_nothing_behind() {
    let mut scene = Scene::new().built();
    let temporary = scene.environment.path("temporary");
    fs::create_dir(&temporary).expect("folder");
    scene.environment.set("TMPDIR", &temporary);
    let handler = "assert 'SETTING=1' in open('.env').read()\nimport hidden\n";
    fs::write(scene.project.join("handler.py"), handler).expect("written");
    fs::write(scene.project.join(".env"), "SETTING=1\n").expect("written");
    assert_eq!(verdict(&scene.certify(&[]), "REL-EVENTS"), "pass");
    assert_eq!(scene.environment.listing(&temporary), [""; 0]);
}

/// Rules of folders above the project hold for what a build makes in a copy, which lies elsewhere.
#[test]
fn what_a_repository_above_ignores_is_no_change_of_the_package() {
    let scene = Scene::new().built();
    let above = scene.project.parent().expect("folder");
    fs::write(above.join(".gitignore"), "hidden.py\n__pycache__/\n").expect("written");
    fs::remove_file(scene.project.join(".gitignore")).expect("removed");
    let git = |arguments: &[&str]| {
        let child = scene.environment.prepared("git", above, arguments).spawn().expect("git");
        Finished::of(child).expect(0);
    };
    git(&["init", "--quiet"]);
    assert_eq!(verdict(&scene.certify(&["--check", "PKG-REPRO"]), "PKG-REPRO"), "pass");
    fs::remove_file(above.join(".gitignore")).expect("removed");
    assert_eq!(verdict(&scene.certify(&["--check", "PKG-REPRO"]), "PKG-REPRO"), "fail");
}
