PYTHON ?= python3

.PHONY: run test bench lock package bundle prove installers sums mac-keychain package-windows-wine pictures

run:  ## install what is missing and open the application (PROJECT=file.hashiya opens that one)
	@$(PYTHON) tools/setup.py run $(if $(PROJECT),"$(PROJECT)")

test:  ## install what is missing, then run the linters and all tests
	@$(PYTHON) tools/setup.py test

bench:  ## print how fast it is, as ratios to raw limits
	@$(PYTHON) tools/setup.py bench

lock:  ## make the lock files anew
	@$(PYTHON) tools/setup.py lock

pictures:  ## take the pictures of the documentation anew
	@.venv/bin/python tools/pictures.py

package:  ## make what people install on a system like this one, and prove it: the four steps below
	@$(PYTHON) tools/setup.py package

bundle prove installers sums mac-keychain:  ## one step: freeze the application, use it, pack it, write the sums
	@$(PYTHON) tools/setup.py $@

package-windows-wine:  ## build and prove the Windows application under Wine (HASHIYA_WINPY: see CONTRIBUTING.md)
	@$(PYTHON) tools/setup.py windows-wine
