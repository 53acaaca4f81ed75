# Shortcuts for developers. Users need only scripts/build and scripts/test.
.PHONY: test bundle detectors golden schema messages pictures lock bench

test:
	sh scripts/test

bundle: ## join the modules of the browser into builder/site/assets/search.js
	sh scripts/bundle

detectors: ## rewrite what the browser knows of the detectors
	.venv/bin/python scripts/make_detector_tables.py > builder/site/client/detectors/tables.js

golden: ## rewrite tests/golden; read the diff
	.venv/bin/python scripts/make_golden.py

schema: ## rewrite what is derived from the case model
	.venv/bin/casebook schema
	.venv/bin/python -c "from builder.library.new_case import template; print(template(), end='')" > cases/TEMPLATE.yml

pictures: ## take the pictures of README and guides again, after scripts/build
	.venv/bin/python scripts/take_pictures.py

messages: ## compile the Chinese texts of the command line's own library
	.venv/bin/pybabel compile -D click -d builder/cli/locale -l zh_CN

lock: ## pin everything again, with hashes and without the name of any host
	pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header -o requirements.txt requirements.in
	pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header -o requirements-test.txt requirements-test.in

bench:
	.venv/bin/python -m benchmarks.run
