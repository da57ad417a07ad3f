use std::collections::BTreeMap;
use std::io::{self, Read};

use super::*;
use crate::package::SourceFile;

struct Files(Vec<SourceFile>, BTreeMap<String, String>);

impl SourceTree for Files {
    fn files(&self) -> &[SourceFile] {
        &self.0
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.1.get(path).ok_or(io::ErrorKind::NotFound)?.as_bytes()))
    }
}

fn seen(files: &[(&str, &str)]) -> Inventory {
    let texts: BTreeMap<_, _> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let listed =
        texts.iter().map(|(path, text)| SourceFile { path: path.clone(), size: text.len() as u64, executable: false });
    inventory(&Files(listed.collect(), texts))
}

/// `path:line name version`, sorted.
fn packages(files: &[(&str, &str)]) -> Vec<String> {
    let inventory = seen(files);
    assert_eq!((inventory.contradictions, inventory.unknown), (vec![], vec![]));
    let shown = inventory.packages.iter().map(|package| {
        let line = package.line.map_or("-".to_owned(), |line| line.to_string());
        format!("{}:{line} {} {}", package.path, package.name, package.version)
    });
    let mut shown: Vec<_> = shown.collect();
    shown.sort();
    shown
}

fn messages(remarks: &[Remark]) -> Vec<String> {
    remarks.iter().map(|remark| format!("{}:{}: {}", remark.path, remark.line.unwrap_or(0), remark.message)).collect()
}

#[test]
fn npm_lockfiles_of_every_version() {
    let third = r#"{
  "name": "x",
  "lockfileVersion": 3,
  "packages": {
    "": {"name": "x", "dependencies": {"lodash": "^4.17.0"}},
    "node_modules/lodash": {
      "version": "4.17.20",
      "resolved": "https://registry.npmjs.org/lodash/-/lodash-4.17.20.tgz"
    },
    "node_modules/@acme/tool": {
      "version": "1.0.0",
      "resolved": "https://registry.npmjs.org/@acme/tool/-/tool-1.0.0.tgz"
    },
    "node_modules/a/node_modules/lodash": {
      "version": "3.10.1"
    },
    "node_modules/other": {
      "name": "real",
      "version": "2.0.0",
      "resolved": "https://registry.npmjs.org/real/-/real-2.0.0.tgz"
    },
    "node_modules/sdk": {
      "resolved": "sdk",
      "link": true
    },
    "sdk": {
      "version": "0.1.0"
    }
  }
}"#;
    let expected = [
        "package-lock.json:10 @acme/tool 1.0.0",
        "package-lock.json:14 lodash 3.10.1",
        "package-lock.json:17 real 2.0.0",
        "package-lock.json:6 lodash 4.17.20",
    ];
    assert_eq!(packages(&[("package-lock.json", third)]), expected);
    let first = r#"{
  "lockfileVersion": 1,
  "dependencies": {
    "lodash": {
      "version": "4.17.20",
      "dependencies": {
        "deep": {
          "version": "1.0.0"
        }
      }
    },
    "alias": {
      "version": "npm:real@2.0.0"
    },
    "local": {
      "version": "file:local"
    }
  }
}"#;
    let expected = [
        "npm-shrinkwrap.json:12 real 2.0.0",
        "npm-shrinkwrap.json:4 lodash 4.17.20",
        "npm-shrinkwrap.json:7 deep 1.0.0",
    ];
    assert_eq!(packages(&[("npm-shrinkwrap.json", first)]), expected);
}

#[test]
fn yarn_lockfiles_of_both_forms() {
    let first = r#"# yarn lockfile v1


"@acme/tool@^1.0.0", "@acme/tool@^1.1.0":
  version "1.1.0"
  resolved "https://registry.yarnpkg.com/@acme/tool/-/tool-1.1.0.tgz#abc"
  dependencies:
    lodash "^4.17.0"

lodash@^4.17.0:
  version "4.17.20"

mine@npm:real@^2:
  version "2.0.0"
"#;
    assert_eq!(
        packages(&[("yarn.lock", first)]),
        ["yarn.lock:10 lodash 4.17.20", "yarn.lock:13 real 2.0.0", "yarn.lock:4 @acme/tool 1.1.0"]
    );
    let later = r#"__metadata:
  version: 8
  cacheKey: 10c0

"lodash@npm:^4.17.0, lodash@npm:^4.17.20":
  version: 4.17.20
  resolution: "lodash@npm:4.17.20"
  checksum: 10c0/abc
  languageName: node
  linkType: hard

"mine@npm:real@^2":
  version: 2.0.0
  resolution: "real@npm:2.0.0"

"x@workspace:.":
  version: 0.0.0-use.local
  resolution: "x@workspace:."
"#;
    assert_eq!(packages(&[("yarn.lock", later)]), ["yarn.lock:12 real 2.0.0", "yarn.lock:5 lodash 4.17.20"]);
}

#[test]
fn pnpm_lockfiles_of_every_version() {
    let text = "lockfileVersion: '9.0'\n\npackages:\n\n  '@acme/tool@1.0.0':\n    resolution: {integrity: x}\n\n  \
                lodash@4.17.20:\n    resolution: {integrity: x}\n\nsnapshots:\n\n  '@acme/tool@1.0.0(lodash@4.17.20)': {}\n";
    assert_eq!(
        packages(&[("pnpm-lock.yaml", text)]),
        ["pnpm-lock.yaml:5 @acme/tool 1.0.0", "pnpm-lock.yaml:8 lodash 4.17.20"]
    );
    let sixth = "lockfileVersion: '6.0'\npackages:\n  /@acme/tool@1.0.0(lodash@4.17.20):\n    dev: true\n  /lodash@4.17.20:\n    dev: false\n";
    assert_eq!(
        packages(&[("pnpm-lock.yaml", sixth)]),
        ["pnpm-lock.yaml:3 @acme/tool 1.0.0", "pnpm-lock.yaml:5 lodash 4.17.20"]
    );
    let fifth = "lockfileVersion: 5.4\npackages:\n  /@acme/tool/1.0.0_lodash@4.17.20:\n    dev: true\n  /lodash/4.17.20:\n    dev: false\n";
    assert_eq!(
        packages(&[("pnpm-lock.yaml", fifth)]),
        ["pnpm-lock.yaml:3 @acme/tool 1.0.0", "pnpm-lock.yaml:5 lodash 4.17.20"]
    );
}

#[test]
fn lockfiles_in_toml() {
    let cargo = "version = 4\n\n[[package]]\nname = \"mine\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"time\"\n\
                 version = \"0.1.43\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    assert_eq!(packages(&[("Cargo.lock", cargo)]), ["Cargo.lock:7 time 0.1.43"]);
    let uv = "version = 1\n\n[[package]]\nname = \"mine\"\nversion = \"0.1.0\"\nsource = { virtual = \".\" }\n\n\
              [[package]]\nname = \"requests\"\nversion = \"2.19.0\"\nsource = { registry = \"https://pypi.org/simple\" }\n\
              wheels = [\n  { url = \"https://files.pythonhosted.org/packages/x/requests-2.19.0-py2.py3-none-any.whl\" },\n]\n";
    assert_eq!(packages(&[("uv.lock", uv)]), ["uv.lock:8 requests 2.19.0"]);
    let poetry = "[[package]]\nname = \"Typing_Extensions\"\nversion = \"4.0.0\"\n\
                  files = [{file = \"typing_extensions-4.0.0.tar.gz\", hash = \"sha256:x\"}]\n";
    assert_eq!(packages(&[("poetry.lock", poetry)]), ["poetry.lock:1 typing-extensions 4.0.0"]);
    assert_eq!(packages(&[("pdm.lock", poetry)]), ["pdm.lock:1 typing-extensions 4.0.0"]);
    let pylock = "lock-version = \"1.0\"\n[[packages]]\nname = \"attrs\"\nversion = \"25.1.0\"\n\
                  [[packages.wheels]]\nname = \"attrs-25.1.0-py3-none-any.whl\"\n";
    assert_eq!(packages(&[("pylock.toml", pylock)]), ["pylock.toml:2 attrs 25.1.0"]);
}

#[test]
fn lists_of_python() {
    let pipfile = "{\n  \"_meta\": {\"hash\": {}},\n  \"default\": {\n    \"requests\": {\n      \"version\": \"==2.19.0\"\n    }\n  },\n  \"develop\": {}\n}";
    assert_eq!(packages(&[("Pipfile.lock", pipfile)]), ["Pipfile.lock:4 requests 2.19.0"]);
    let list = "# pinned\n-i https://pypi.org/simple\nRequests[socks] == 2.19.0 ; python_version > '3' # why\n\
                flask==3.0.0 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\n-e ./mine\n./other\nzope.interface===5.0\n";
    assert_eq!(
        packages(&[("requirements.txt", list)]),
        [
            "requirements.txt:3 requests 2.19.0",
            "requirements.txt:4 flask 3.0.0",
            "requirements.txt:9 zope-interface 5.0"
        ]
    );
}

#[test]
fn what_is_not_pinned_is_unknown_unless_it_is_locked() {
    let list = "requests>=2\n-r base.txt\nflask==3.*\n";
    assert_eq!(
        messages(&seen(&[("app/requirements.txt", list)]).unknown),
        [
            "app/requirements.txt:1: requests is not pinned with ==",
            "app/requirements.txt:3: flask is not pinned with ==",
            "app/requirements.txt:2: it takes in app/base.txt, which is not read here",
        ]
    );
    let locked = seen(&[("requirements.txt", "requests>=2\n"), ("uv.lock", "version = 1\n")]);
    assert_eq!(locked.unknown, []);
}

#[test]
fn dependencies_without_a_lockfile_are_unknown() {
    let none = seen(&[("package.json", r#"{"dependencies": {"lodash": "^4", "express": "^4"}}"#)]);
    assert_eq!(
        messages(&none.unknown),
        ["package.json:0: it asks for express and 1 more, and no lockfile says which versions are installed"]
    );
    assert!(seen(&[("package.json", r#"{"dependencies": {"sdk": "file:sdk"}}"#)]).is_empty());
    assert!(
        seen(&[("pyproject.toml", "[project]\nname = \"x\"\n"), ("Cargo.toml", "[package]\nname = \"x\"\n")])
            .is_empty()
    );
    assert!(!seen(&[("Cargo.toml", "[dependencies]\nserde = \"1\"\n")]).is_empty());
    assert!(!seen(&[("pyproject.toml", "[project]\ndependencies = [\"requests>=2\"]\n")]).is_empty());
}

#[test]
fn a_lockfile_above_counts() {
    let cargo = "[[package]]\nname = \"serde\"\nversion = \"1.0.1\"\nsource = \"registry+x\"\n";
    let workspace = [("Cargo.lock", cargo), ("crates/a/Cargo.toml", "[dependencies]\nserde = \"1\"\n")];
    assert_eq!(packages(&workspace), ["Cargo.lock:1 serde 1.0.1"]);
}

#[test]
fn a_lockfile_that_contradicts_is_named() {
    let lock = r#"{"lockfileVersion": 3, "packages": {
  "node_modules/lodash": {
    "version": "4.17.21",
    "resolved": "https://registry.npmjs.org/lodahs/-/lodahs-4.17.21.tgz"
  }
}}"#;
    let package =
        r#"{"dependencies": {"lodash": "^3.0.0", "express": "^4.0.0"}, "optionalDependencies": {"fsevents": "*"}}"#;
    assert_eq!(
        messages(&seen(&[("package-lock.json", lock), ("package.json", package)]).contradictions),
        [
            "package-lock.json:2: lodash 4.17.21 is taken from the address of another package: \
             https://registry.npmjs.org/lodahs/-/lodahs-4.17.21.tgz",
            "package.json:0: it asks for express, which the lockfile does not have",
            "package.json:0: it asks for lodash ^3.0.0, and the lockfile has 4.17.21",
        ]
    );
    let other_version = lock.replace("lodahs", "lodash").replace("lodash-4.17.21", "lodash-4.17.4");
    assert_eq!(seen(&[("package-lock.json", &other_version)]).contradictions.len(), 1);
    let uv = "[[package]]\nname = \"requests\"\nversion = \"2.19.0\"\nwheels = [{ url = \"https://x/reqeusts-2.19.0.whl\" }]\n";
    assert_eq!(seen(&[("uv.lock", uv)]).contradictions.len(), 1);
    let python = [("uv.lock", "version = 1\n"), ("pyproject.toml", "[project]\ndependencies = [\"requests>=2\"]\n")];
    assert_eq!(seen(&python).contradictions.len(), 1);
    let berry = "\"lodash@npm:^4\":\n  version: 4.17.21\n  resolution: \"lodash@npm:4.17.20\"\n";
    assert_eq!(seen(&[("yarn.lock", berry)]).contradictions.len(), 1);
}

#[test]
fn what_cannot_be_read_is_unknown() {
    for (path, text) in [
        ("package-lock.json", "{"),
        ("package-lock.json", "{\"lockfileVersion\": 9}"),
        ("yarn.lock", "not an entry"),
        ("pnpm-lock.yaml", "packages:\n"),
        ("Cargo.lock", "[[package"),
        ("uv.lock", "package = 3"),
        ("Pipfile.lock", "[]"),
        ("requirements.txt", "??? \n"),
        ("package.json", "[]"),
        ("Cargo.toml", "= 1"),
        ("pyproject.toml", "= 1"),
    ] {
        let inventory = seen(&[(path, text)]);
        assert_eq!(inventory.unknown.len(), 1, "{path}: {text}");
        assert!(inventory.unknown[0].message.contains("cannot be read"), "{path}: {:?}", inventory.unknown);
    }
    let deep = format!("{}{}", "{\"dependencies\":{\"a\":".repeat(50_000), "}}".repeat(50_000));
    assert_eq!(seen(&[("package-lock.json", &deep)]).unknown.len(), 1);
}
