"""What a language model may call when it sits in the agent: deterministic tools, described in Spanish.

Every tool asks the assistant a question in plain canonical words, so that the checks are the same for a model as for
a person: a word that nothing accounts for is refused, a tie is asked back. Each returns `Answer.to_dict()`. The
parameters are Spanish because the model reads them; a model chooses and phrases, it never computes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from llama_index.core.tools import FunctionTool

    from assistant.assistant import Assistant

Reply = dict[str, Any]


class AgentTools:
    """The tools over one assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def all(self) -> tuple[Callable[..., Any], ...]:
        """The tools as plain functions."""
        return (
            self.consultar,
            self.cifra,
            self.porcentaje_de_ejecucion,
            self.total,
            self.participacion,
            self.diferencia,
            self.promedio,
            self.mayores,
            self.comparar,
            self.auditar,
            self.informes,
        )

    def function_tools(self) -> list[FunctionTool]:
        """The tools for LlamaIndex agents. Imports llama_index.core (about 1.3 s)."""
        from index.retrievers import function_tool  # noqa: PLC0415 - heavy, only for a seat with a model

        return [function_tool(tool) for tool in self.all()]

    def consultar(self, pregunta: str, informe: str = "") -> Reply:
        """Responde una pregunta completa en español sobre los informes: cifras, textos, definiciones, responsables."""
        return self._ask(informe, pregunta)

    def cifra(self, fila: str, medida: str = "", periodo: str = "", cuadro: str = "", informe: str = "") -> Reply:
        """Busca la cifra impresa de una fila (producto, programa, renglón, mes) en una medida (vigente, ejecutado…)."""
        return self._ask(informe, medida, _of(fila), periodo, _table(cuadro))

    def porcentaje_de_ejecucion(
        self, fila: str = "", medida: str = "", periodo: str = "", cuadro: str = "", informe: str = ""
    ) -> Reply:
        """Calcula qué parte de lo programado o del presupuesto vigente se ejecutó. medida: «física» o «financiera»."""
        return self._ask(informe, "porcentaje de ejecución", medida, _of(fila), periodo, _table(cuadro))

    def total(self, medida: str, periodo: str = "", cuadro: str = "", informe: str = "") -> Reply:
        """Da el total de una medida en un cuadro o informe."""
        return self._ask(informe, "total", medida, periodo, _table(cuadro))

    def participacion(self, fila: str, medida: str = "", cuadro: str = "", informe: str = "") -> Reply:
        """Calcula qué parte del total representa una fila."""
        return self._ask(informe, "qué porcentaje del total", medida, "representa", fila, _table(cuadro))

    def diferencia(self, medida: str, otra_medida: str, fila: str = "", cuadro: str = "", informe: str = "") -> Reply:
        """Calcula la diferencia entre dos medidas de una fila o de todo el cuadro."""
        return self._ask(informe, "diferencia entre", medida, "y", otra_medida, _of(fila), _table(cuadro))

    def promedio(self, medida: str, cuadro: str = "", informe: str = "") -> Reply:
        """Calcula el promedio de una medida en un cuadro."""
        return self._ask(informe, "promedio de", medida, _table(cuadro))

    def mayores(
        self, medida: str, cuantos: int = 3, menores: bool = False, cuadro: str = "", informe: str = ""
    ) -> Reply:
        """Ordena las filas por una medida y da las primeras; con menores=true, las últimas."""
        return self._ask(informe, f"los {cuantos} con", "menor" if menores else "mayor", medida, _table(cuadro))

    def comparar(self, fila: str, otra_fila: str, medida: str = "", cuadro: str = "", informe: str = "") -> Reply:
        """Compara dos filas en una medida."""
        return self._ask(informe, "comparar", medida, _of(fila), "y", otra_fila, _table(cuadro))

    def auditar(self, informe: str = "") -> Reply:
        """Dice qué totales y cuadros de un informe no cuadran, y por cuánto."""
        return self._ask(informe, "¿cuadran los totales del informe?")

    def informes(self) -> list[str]:
        """Enumera los archivos de los informes cargados; sus nombres sirven para el parámetro «informe»."""
        return self._assistant.files()

    def _ask(self, report: str, *parts: str) -> Reply:
        text = " ".join(part.strip() for part in parts if part.strip())
        return self._assistant.ask(text, documents=(report,) if report else ()).to_dict()


def _of(row: str) -> str:
    return f"de {row}" if row.strip() else ""


def _table(number: str) -> str:
    return f"en el cuadro {number.lower().removeprefix('cuadro').strip()}" if number.strip() else ""
