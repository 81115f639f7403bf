/** What bash or sh answer themselves. */
const builtins = words(`. : [ [[ alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare dirs disown do done
  echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile
  popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type typeset ulimit
  umask unalias unset until wait while`);

/** What every system has that has a shell: POSIX asks for it. */
const utilities = words(`awk basename bc cat chgrp chmod chown cksum cmp comm cp crontab csplit cut date dd df diff dirname du ed env expand expr file find
  fold getconf grep head iconv id install join ln locale logger logname ls mkdir mkfifo mktemp mv nice nl nohup od paste patch pathchk pr ps renice
  rm rmdir sed seq sh sleep sort split stat stty tail tar tee touch tr tsort tty uname unexpand uniq wc which whoami xargs yes`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/u));
}

/** Whether a name is that of a program which may be missing: it is looked for in the PATH, and is not part of every system. */
export function mayBeMissing(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/u.test(name) && !builtins.has(name) && !utilities.has(name);
}
