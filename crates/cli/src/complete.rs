//! Completions for shells, from the command line and from the description of the operations.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;
use plesk_model::index;

use crate::arguments::Arguments;
use crate::schema::{Known, elements, find, operation_named};

/// Writes the completions for a shell.
pub(crate) fn completions(out: &mut impl Write, shell: Shell) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "plesk", &mut script);
    out.write_all(&script)?;
    out.write_all(dynamic(shell).as_bytes())
}

/// Writes the man page.
pub(crate) fn man(out: &mut impl Write) -> io::Result<()> {
    clap_mangen::Man::new(Arguments::command()).render(out)?;
    for command in Arguments::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("plesk-{}", command.get_name());
        clap_mangen::Man::new(command.clone().name(&*name.leak())).render(out)?;
    }
    Ok(())
}

/// Returns the words of a command line that a shell asks to complete; `None` if this is another command. It is none of
/// the commands that the help lists.
pub(crate) fn words(arguments: impl Iterator<Item = OsString>) -> Option<Vec<String>> {
    let mut arguments = arguments.skip(1).map(|argument| argument.to_string_lossy().into_owned());
    (arguments.next()? == "__complete").then(|| arguments.skip(1).collect())
}

/// Writes what may follow the words of a command line, one on each line.
pub(crate) fn complete(out: &mut impl Write, words: &[String]) -> io::Result<()> {
    let candidates = match words {
        [command, partial] if command == "send" || command == "describe" => names(partial),
        [command, operation, .., partial] if command == "send" => paths(operation, partial),
        _ => Vec::new(),
    };
    candidates.iter().try_for_each(|candidate| writeln!(out, "{candidate}"))
}

/// Returns operators while the operator is being written, then its operations.
fn names(partial: &str) -> Vec<String> {
    let index = index();
    let named = index.operators.iter().flat_map(|operator| match partial.contains('.') {
        false => vec![format!("{}.", operator.name)],
        true => {
            let operations = operator.operations.iter();
            operations.map(|it| format!("{}.{}", operator.name, it.path.replace('/', "."))).collect()
        }
    });
    named.filter(|name| name.starts_with(partial)).collect()
}

/// Returns the elements that may follow in the path of an argument.
fn paths(operation: &str, partial: &str) -> Vec<String> {
    let Ok((operator, path)) = operation_named(operation) else { return Vec::new() };
    let Some(operation) = operator.operation(&path) else { return Vec::new() };
    if let Some((path, _)) = partial.split_once('=') {
        let listed = values(&operator, operation.request, path);
        return listed.into_iter().filter(|candidate| candidate.starts_with(partial)).collect();
    }
    let outer = partial.rsplit_once('.').map_or("", |(outer, _)| outer);
    let mut content = Known::Type(operation.request);
    for step in outer.split('.').filter(|step| !step.is_empty()) {
        let name = step.split('[').next().unwrap_or(step);
        let Known::Type(id) = content else { return Vec::new() };
        let Some(found) = find(&operator, id, name) else { return Vec::new() };
        content = found.content();
    }
    let Known::Type(id) = content else { return Vec::new() };
    let prefix = if outer.is_empty() { String::new() } else { format!("{outer}.") };
    let candidates = elements(&operator, id).into_iter().filter(|found| !found.particle.name.is_empty()).map(|found| {
        let end = match found.content() {
            Known::Type(_) => ".",
            Known::Text(_) | Known::Free => "=",
            Known::Empty => "",
        };
        format!("{prefix}{}{end}", found.particle.name)
    });
    candidates.filter(|candidate| candidate.starts_with(partial)).collect()
}

/// Returns the values that an element may have, if the schema lists them.
fn values(operator: &plesk_model::Operator, request: plesk_model::TypeId, path: &str) -> Vec<String> {
    let mut content = Known::Type(request);
    for step in path.split('.') {
        let Known::Type(id) = content else { return Vec::new() };
        let Some(found) = find(operator, id, step.split('[').next().unwrap_or(step)) else { return Vec::new() };
        content = found.content();
    }
    let Known::Text(ty) = content else { return Vec::new() };
    let simple = operator.simple_type(ty);
    let listed: Vec<String> = match crate::schema::built_in(operator, ty) {
        "boolean" => vec!["true".to_owned(), "false".to_owned()],
        _ => simple.values.clone(),
    };
    listed.into_iter().map(|value| format!("{path}={value}")).collect()
}

/// Returns the part of a completion script that asks the command for operations, paths and values.
fn dynamic(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => BASH,
        Shell::Zsh => {
            "\n_plesk_dynamic() {\n    local -a found\n    case ${words[2]} in\n        send|describe)\n            \
             found=(\"${(@f)$(plesk __complete -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)}\")\n            \
             if (( ${#found} )) && [[ -n ${found[1]} ]]; then compadd -S '' -- $found; return; fi\n            ;;\n    esac\n    \
             _plesk \"$@\"\n}\ncompdef _plesk_dynamic plesk\n"
        }
        Shell::Fish => {
            "\ncomplete -c plesk -n '__fish_seen_subcommand_from send describe' -f -a \
             '(plesk __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'\n"
        }
        Shell::PowerShell => {
            "\nRegister-ArgumentCompleter -Native -CommandName plesk -ScriptBlock {\n    \
             param($wordToComplete, $commandAst, $cursorPosition)\n    \
             $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })\n    \
             if ($wordToComplete -eq '') { $words += '' }\n    \
             plesk __complete '--' @words 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }\n}\n"
        }
        _ => "",
    }
}

/// Bash splits words at `=` and `:`, so the words come from the line, and what precedes the last of these characters is
/// removed from each candidate.
const BASH: &str = r#"
_plesk_dynamic() {
    local line="${COMP_LINE:0:COMP_POINT}" word words found
    word="${line##* }"
    case "${COMP_WORDS[1]}" in
        send|describe)
            if [[ $COMP_CWORD -gt 1 && $word != -* ]]; then
                read -ra words <<< "${line#* }"
                [[ -z $word ]] && words+=("")
                mapfile -t found < <(plesk __complete -- "${words[@]}" 2>/dev/null)
                if (( ${#found[@]} )); then
                    COMPREPLY=("${found[@]#"${word%"${word##*[:=]}"}"}")
                    compopt -o nospace 2>/dev/null
                    return
                fi
            fi
            ;;
    esac
    _plesk "$@"
}
complete -F _plesk_dynamic -o bashdefault -o default plesk
"#;
