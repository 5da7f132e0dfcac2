# Two commands matter: `make run` serves, `make test` proves. The work itself is in scripts/.
do := @scripts/python.sh

.PHONY: help demo run test quick check dev format wire soak bench lock release

help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: ## Two practice rooms to look at; with=--live lets their people play the hour
	$(do) scripts.demo $(with)

run: ## Set everything up and serve Bigroom on this machine
	$(do) scripts.run

test: ## All checks and all tests, real browsers included
	$(do) scripts.tests test

quick: ## The tests that answer within a minute
	$(do) scripts.tests quick

check: ## Formatting, types, imports, generated files
	$(do) scripts.checks

dev: ## Server and frontend with reload
	$(do) scripts.dev

format: ## Bring all code into its usual form
	$(do) scripts.format

wire: ## Write the wire types and words of the frontend from the server's
	$(do) scripts.wire

soak: ## The long figures: 200 seeds, 50 kills
	$(do) scripts.tests soak

bench: ## Measure
	$(do) scripts.tests bench

lock: ## Choose versions anew and write the lock files
	$(do) scripts.lock

release: ## What others install, into dist/: packages, list of parts, checksums
	$(do) scripts.release
