import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findVersion } from './find-version.js';
import { parseVersion } from './version.js';

test.each<[tool: string, output: string, version: string]>([
  ['go', 'go version go1.26.8 linux/amd64', '1.26.8'],
  ['go', 'go version go1.22rc1 darwin/arm64', '1.22rc1'],
  ['go', 'go version devel go1.23-0c7b3a2 Tue Jan 2 12:00:00 2024 +0000 linux/amd64', '1.23-0c7b3a2'],
  ['rustc', 'rustc 1.95.0 (59807616e 2026-04-14)', '1.95.0'],
  ['rustc', 'rustc 1.77.0-nightly (f688dd684 2023-12-28)', '1.77.0-nightly'],
  ['cargo', 'cargo 1.95.0 (f2d3ce0bd 2026-03-21)', '1.95.0'],
  ['python3', 'Python 3.11.7', '3.11.7'],
  ['python3', 'Python 3.13.0rc1', '3.13.0rc1'],
  ['python3', 'Python 3.12.0+', '3.12.0'],
  ['pypy3', 'Python 3.10.13 (a1e8a2d, Jan 09 2024, 11:08:32)\n[PyPy 7.3.14 with GCC 10.2.1]', '3.10.13'],
  ['pip', 'pip 23.2.1 from /usr/lib/python3/dist-packages/pip (python 3.11)', '23.2.1'],
  ['java', 'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6-Debian-1deb12u1)\nOpenJDK 64-Bit Server VM (build 17.0.15+6-Debian-1deb12u1, mixed mode, sharing)', '17.0.15'],
  ['java', 'Picked up JAVA_TOOL_OPTIONS: -Dlib.version=1.2.3\nopenjdk version "21" 2023-09-19\nOpenJDK Runtime Environment (build 21+35-2513)', '21'],
  ['java', 'java version "1.8.0_292"\nJava(TM) SE Runtime Environment (build 1.8.0_292-b10)', '8.0.292'],
  ['javac', 'javac 17.0.15', '17.0.15'],
  ['node', 'v20.20.2', '20.20.2'],
  ['node', 'v23.0.0-nightly20240501ab', '23.0.0-nightly20240501ab'],
  ['npm', '11.19.1', '11.19.1'],
  ['npm', 'npm notice New minor version of npm available! 10.1.0 -> 10.2.4\n10.1.0', '10.1.0'],
  ['yarn', '1.22.22', '1.22.22'],
  ['git', 'git version 2.39.5', '2.39.5'],
  ['git', 'git version 2.39.5 (Apple Git-154)', '2.39.5'],
  ['git', 'git version 2.45.1.windows.1', '2.45.1.windows.1'],
  ['terraform', 'Terraform v1.5.7\non linux_amd64\n\nYour version of Terraform is out of date! The latest version\nis 1.9.0. You can update by downloading from https://www.terraform.io/downloads.html', '1.5.7'],
  ['tofu', 'OpenTofu v1.6.0-beta1\non linux_amd64', '1.6.0-beta1'],
  ['docker', 'Docker version 28.2.2, build e6534b4', '28.2.2'],
  ['docker-compose', 'Docker Compose version v2.24.5', '2.24.5'],
  ['podman', 'podman version 4.3.1', '4.3.1'],
  ['kubectl', 'Client Version: v1.29.0\nKustomize Version: v5.0.4-0.20230601165947-6ce0bf390ce3', '1.29.0'],
  ['kubectl', 'Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0', '1.32.4-dispatcher'],
  ['kubectl', 'WARNING: This version information is deprecated and will be replaced in 1.28.0\nClient Version: version.Info{Major:"1", Minor:"21", GitVersion:"v1.21.0", GitCommit:"cb303e6"}', '1.21.0'],
  ['helm', 'v3.14.2+gc309b6f', '3.14.2+gc309b6f'],
  ['aws', 'aws-cli/2.15.30 Python/3.11.8 Linux/6.5.0 exe/x86_64.ubuntu.22', '2.15.30'],
  ['aws', 'aws-cli/1.45.11 Python/3.11.7 Linux/6.18.44-fc-v669 botocore/1.43.11', '1.45.11'],
  ['az', 'azure-cli                         2.55.0 *\n\ncore                              2.55.0 *', '2.55.0'],
  ['gcloud', 'Google Cloud SDK 456.0.0\nbq 2.0.99\ncore 2023.11.10', '456.0.0'],
  ['gh', 'gh version 2.40.1 (2023-12-13)\nhttps://github.com/cli/cli/releases/tag/v2.40.1', '2.40.1'],
  ['gcc', 'gcc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.', '12.2.0'],
  ['gcc', 'gcc (Ubuntu 9.4.0-1ubuntu1~20.04.2) 9.4.0', '9.4.0'],
  ['clang', 'Apple clang version 15.0.0 (clang-1500.1.0.2.5)\nTarget: arm64-apple-darwin23.2.0', '15.0.0'],
  ['openssl', 'OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)', '3.0.19'],
  ['openssl', 'OpenSSL 1.1.1w  11 Sep 2023', '1.1.1w'],
  ['openssl', 'LibreSSL 3.3.6', '3.3.6'],
  ['ruby', 'ruby 3.2.2 (2023-03-30 revision e51014f9c0) [x86_64-linux]', '3.2.2'],
  ['php', 'PHP 8.2.29 (cli) (built: Jul  3 2025 16:16:05) (NTS)\nCopyright (c) The PHP Group\nZend Engine v4.2.29', '8.2.29'],
  ['psql', 'psql (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', '15.18'],
  ['mysql', 'mysql  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)', '8.0.36'],
  ['sqlite3', '3.40.1 2022-12-28 14:03:47 df5c253c0b3dd24916e4ec7cf77d3db5294cc9fd45ae7b9c5e82ad8197f3alt1', '3.40.1'],
  ['jq', 'jq-1.7', '1.7'],
  ['jq', 'jq-1.7.1-Debian-3', '1.7.1-Debian-3'],
  ['yq', 'yq (https://github.com/mikefarah/yq/) version v4.40.5', '4.40.5'],
  ['bash', 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nCopyright (C) 2022 Free Software Foundation, Inc.', '5.2.15'],
  ['make', 'GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\nCopyright (C) 1988-2020 Free Software Foundation, Inc.', '4.3'],
  ['cmake', 'cmake version 3.25.1\n\nCMake suite maintained and supported by Kitware (kitware.com/cmake).', '3.25.1'],
  ['curl', 'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13\nRelease-Date: 2023-02-20, security patched: 7.88.1-10+deb12u14', '7.88.1'],
  ['wget', 'GNU Wget 1.21.3 built on linux-gnu.', '1.21.3'],
  ['mvn', '\u001B[1mApache Maven 3.8.7\u001B[m\nMaven home: /usr/share/maven\nJava version: 17.0.15, vendor: Debian', '3.8.7'],
  ['gradle', '\n------------------------------------------------------------\nGradle 8.5\n------------------------------------------------------------\n\nBuild time:   2023-11-29 14:08:57 UTC\nKotlin:       1.9.20', '8.5'],
  ['gradle', '\nWelcome to Gradle 8.5-rc-1!\n\nHere are the highlights of this release:', '8.5-rc-1'],
  ['dotnet', '8.0.100', '8.0.100'],
  ['dotnet', '9.0.100-preview.3.24204.13', '9.0.100-preview.3.24204.13'],
  ['perl', '\nThis is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux-gnu-thread-multi\n(with 54 registered patches, see perl -V for more detail)', '5.36.0'],
  ['ssh', 'OpenSSH_9.2p1 Debian-2+deb12u6, OpenSSL 3.0.19 27 Jan 2026', '9.2p1'],
  ['tar', 'tar (GNU tar) 1.34\nCopyright (C) 2021 Free Software Foundation, Inc.', '1.34'],
  ['awk', 'mawk 1.3.4 20200120', '1.3.4'],
  ['unzip', 'UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.', '6.00'],
  ['zip', "Copyright (c) 1990-2008 Info-ZIP - Type 'zip \"-L\"' for software license.\nThis is Zip 3.0 (July 5th 2008), by Info-ZIP.", '3.0'],
  ['less', 'less 590 (GNU regular expressions)\nCopyright (C) 1984-2021  Mark Nudelman', '590'],
  ['systemctl', 'systemd 252 (252.39-1~deb12u1)\n+PAM +AUDIT', '252.39-1~deb12u1'],
  ['dpkg', "Debian 'dpkg' package management program version 1.21.22 (amd64).", '1.21.22'],
  ['ansible', 'ansible [core 2.15.3]\n  config file = None\n  python version = 3.11.2', '2.15.3'],
  ['poetry', 'Poetry (version 1.7.1)', '1.7.1'],
  ['ffmpeg', 'ffmpeg version n6.0 Copyright (c) 2000-2023 the FFmpeg developers', '6.0'],
  ['elixir', 'Erlang/OTP 26 [erts-14.1.1] [source] [64-bit]\n\nElixir 1.15.7 (compiled with Erlang/OTP 26)', '1.15.7'],
  ['swift', 'swift-driver version: 1.87.3 Apple Swift version 5.9.2 (swiftlang-5.9.2.2.56)', '5.9.2'],
  ['kotlinc', 'info: kotlinc-jvm 1.9.20 (JRE 17.0.9+9-Debian)', '1.9.20'],
  ['g++', 'g++ (Debian 12.2.0-14+deb12u1) 12.2.0', '12.2.0'],
])('%s prints %j: %s', (tool, output, version) => {
  expect(findVersion(output, tool)).toBe(version);
  if (!['elixir', 'swift'].includes(tool)) expect(findVersion(`${output}\r\n`)).toBe(version);
});

test.each(['', 'usage: thing [options]', 'x86_64-pc-linux-gnu', 'built on 3 May 2024', 'Copyright (C) 1984-2021', 'flag provided but not defined: -version', 'abc123def'])('%j tells no version', (output) => {
  expect(findVersion(output)).toBeUndefined();
});

test('where every line is a remark, a version in one will do', () => {
  expect(findVersion('warning: tool 1.2.3 is old')).toBe('1.2.3');
});

test('what is found can always be read as a version', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123.vV-_ ("),goab+~\n'.split('')) }), fc.constantFrom(undefined, 'go', 'a+'), (output, tool) => {
    const found = findVersion(output, tool);
    return found === undefined || parseVersion(found) !== undefined;
  }), { numRuns: 2_000 });
});

test('a flood of output is read in no time', () => {
  expect(findVersion(`${'1.'.repeat(5_000_000)}(${'('.repeat(100_000)}`)).toBeDefined();
});
